// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Answers the vectors of one kind. */
public interface VectorCheck {
  /** What Lichen answers, in the shape of {@link #expected}. */
  ObjectNode answer(Vector vector) throws Exception;

  /** The recorded answer. */
  default ObjectNode expected(Vector vector) {
    return vector.expected();
  }

  /** Where Lichen answers otherwise on purpose; paths are JSON pointers. */
  default List<Deviation> deviations(Vector vector) {
    return List.of();
  }

  /**
   * A place where Lichen is better, or where Java has no equivalent of the native's row.
   *
   * @param path where in the answer, a JSON pointer
   * @param recorded what the native answered: a recording that says otherwise is a failure
   * @param ours what Lichen answers instead
   * @param reason why, in one line
   */
  record Deviation(String path, JsonNode recorded, JsonNode ours, String reason) {}
}
