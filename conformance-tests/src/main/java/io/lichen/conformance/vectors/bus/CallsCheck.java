// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A recorded sequence of calls, made on one bus that keeps nothing, as the native's did. */
final class CallsCheck implements VectorCheck {
  private static final String CALLS = "calls";

  /** Batches go when they are flushed and not before: how many they are is recorded. */
  private static final String CONFIG =
      """
      {"num_shards":1,"lichen":{"adapter":"none","batch":{"max_delay_ms":600000}}}
      """;

  /** Calls that Java has nothing for: what they answered, and why. */
  private static final Map<String, Nothing> NOTHING =
      Map.of(
          "ingest_raw null json",
          new Nothing(-1, "null is no array in a @NullMarked package"),
          "ingest_raw null handle",
          new Nothing(-1, "a bus is an object: there is no way to name one that is not there"),
          "stats buf 10",
          new Nothing(-7, "statistics are a record or a string: there is no buffer to be small"));

  private record Nothing(int rc, String reason) {}

  @Override
  public ObjectNode answer(Vector vector) {
    ObjectNode answer = Trees.object();
    ArrayNode rows = answer.putArray(CALLS);
    try (EventBus bus = EventBus.open(EventBusConfig.parse(CONFIG))) {
      BusCalls calls = new BusCalls(bus);
      for (JsonNode recorded : vector.inputs().path(CALLS)) {
        String op = Trees.text(recorded, "op");
        ObjectNode row = rows.addObject().put("op", op);
        if (!NOTHING.containsKey(op)) {
          calls.call(op, row);
        }
      }
    }
    return answer;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    return Trees.members(vector.inputs(), CALLS);
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    List<Deviation> deviations = new ArrayList<>();
    JsonNode calls = vector.inputs().path(CALLS);
    for (int i = 0; i < calls.size(); i++) {
      Nothing nothing = NOTHING.get(calls.path(i).path("op").asText());
      if (nothing != null) {
        deviations.add(
            new Deviation(
                "/calls/" + i + "/rc",
                IntNode.valueOf(nothing.rc),
                MissingNode.getInstance(),
                nothing.reason));
      }
    }
    return deviations;
  }
}
