// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import java.util.List;

/**
 * Recorded decisions of the natives' gossip, and what our engine decides under their profile; the
 * rows in which it decides otherwise on purpose stand in policy/gossip-traces.txt.
 */
final class TraceCheck implements VectorCheck {
  private static final PolicyRows ROWS = new PolicyRows("/policy/gossip-traces.txt");

  @Override
  public ObjectNode answer(Vector vector) {
    JsonNode inputs = vector.inputs();
    TraceText words = new TraceText(inputs.path("setup"));
    TracePlayer player = new TracePlayer(inputs.path("setup"), words);
    ObjectNode answer = Trees.object();
    ArrayNode steps = answer.putArray("steps");
    for (JsonNode step : inputs.path("steps")) {
      steps.addObject().set("expect", player.play(step));
    }
    return answer;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    JsonNode inputs = vector.inputs();
    TraceText words = new TraceText(inputs.path("setup"));
    ObjectNode expected = Trees.object();
    ArrayNode steps = expected.putArray("steps");
    for (JsonNode step : inputs.path("steps")) {
      steps.addObject().set("expect", words.recorded(step.path("expect")));
    }
    return expected;
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return ROWS.of(vector.name()).stream()
        .map(row -> row.at("/steps/" + row.place() + "/expect/" + row.member()))
        .toList();
  }
}
