// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A check of vectors in which inputs and expectations stand together.
 *
 * @param expectations the members that are expectations
 * @param question answers the rest
 */
public record MixedCheck(Question question, String... expectations) implements VectorCheck {
  /** How a vector is answered. */
  public interface Question {
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
