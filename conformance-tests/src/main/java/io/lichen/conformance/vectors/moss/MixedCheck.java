// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;

/**
 * A check of vectors in which inputs and expectations stand together.
 *
 * @param expectations the members that are expectations
 * @param question answers the rest
 */
record MixedCheck(Question question, String... expectations) implements VectorCheck {
  /** How a vector is answered. */
  interface Question {
    ObjectNode answer(JsonNode vector) throws Exception;
  }

  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    return question.answer(vector.inputs());
  }

  @Override
  public ObjectNode expected(Vector vector) {
    return Trees.members(vector.inputs(), expectations);
  }
}
