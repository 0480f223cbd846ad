// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.overlay.OverlayKey;
import io.lichen.core.moss.overlay.ProviderStore;
import java.util.concurrent.TimeUnit;

/** The overlay's store, step by step: an answer has a step for each, with what was read in it. */
final class OverlayStoreCheck implements VectorCheck {
  private static final OverlayKey KEY = OverlayKey.ofTopic("any");
  private static final int ENOUGH = 1000;

  @Override
  public ObjectNode expected(Vector vector) {
    ObjectNode expected = object();
    ArrayNode steps = expected.putArray("steps");
    for (JsonNode step : vector.inputs().path("steps")) {
      steps.add(Trees.members(step, "providers"));
    }
    return expected;
  }

  @Override
  public ObjectNode answer(Vector vector) {
    JsonNode inputs = vector.inputs();
    long ttlNs = TimeUnit.SECONDS.toNanos(inputs.path("ttl").longValue());
    int maxPerKey = inputs.path("max_per_key").intValue();
    ProviderStore store =
        new ProviderStore(new ProviderStore.Limits(ttlNs, maxPerKey, ENOUGH, ENOUGH));
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : inputs.path("steps")) {
      long nowNs = TimeUnit.SECONDS.toNanos(step.path("at").longValue());
      ObjectNode result = steps.addObject();
      switch (step.path("op").asText()) {
        case "put" -> store.put(KEY, key(step.path("provider").longValue()), new byte[0], nowNs);
        case "get" -> {
          ArrayNode providers = result.putArray("providers");
          store.get(KEY, nowNs).stream()
              .mapToLong(one -> one.provider().d())
              .sorted()
              .forEach(providers::add);
        }
        default -> throw new IllegalArgumentException("no step that is known: " + step);
      }
    }
    return answer;
  }

  private static OverlayKey key(long provider) {
    return new OverlayKey(0, 0, 0, provider);
  }
}
