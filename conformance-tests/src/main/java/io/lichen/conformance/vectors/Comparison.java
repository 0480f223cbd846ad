// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.VectorCheck.Deviation;
import java.util.ArrayList;
import java.util.List;

/** Holds an answer against a recording, with the deviations that we stand by. */
final class Comparison {
  private Comparison() {}

  /** A line for each difference; none if all is well. */
  static List<String> of(ObjectNode recorded, ObjectNode answer, List<Deviation> deviations) {
    List<String> lines = new ArrayList<>();
    ObjectNode expected = recorded.deepCopy();
    for (Deviation deviation : deviations) {
      JsonPointer at = JsonPointer.compile(deviation.path());
      if (!expected.at(at).equals(deviation.recorded())
          || !expected.at(at.head()).isContainerNode()) {
        lines.add(
            at
                + ": the recording says "
                + expected.at(at)
                + ", the exception to it assumes "
                + deviation.recorded());
      } else {
        replace(expected, at, deviation.ours());
      }
    }
    Difference.between(expected, answer).forEach(difference -> lines.add(difference.toString()));
    return lines;
  }

  /** Puts a value at a place; a missing one removes what stands there. */
  static void replace(ObjectNode root, JsonPointer at, JsonNode value) {
    JsonNode parent = root.at(at.head());
    if (parent instanceof ArrayNode array) {
      array.set(at.last().getMatchingIndex(), value);
    } else if (value.isMissingNode()) {
      ((ObjectNode) parent).remove(at.last().getMatchingProperty());
    } else {
      ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
    }
  }
}
