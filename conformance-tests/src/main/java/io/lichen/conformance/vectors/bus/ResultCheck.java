// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.bus.EventBusException;

/**
 * A check of vectors with a member {@code result}, which is an error or something else. What the
 * native says of an error is its own; what it begins with, up to a colon, belongs to the contract.
 */
record ResultCheck(MixedCheck.Question question) implements VectorCheck {
  private static final String RESULT = "result";
  private static final String ERROR = "error";

  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    ObjectNode answer = Trees.object();
    try {
      answer.set(RESULT, question.answer(vector.inputs()));
    } catch (EventBusException e) {
      answer.putObject(RESULT).put(ERROR, beginning(String.valueOf(e.getMessage())));
    }
    return answer;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    ObjectNode expected = Trees.members(vector.inputs(), RESULT).deepCopy();
    JsonNode error = expected.path(RESULT).path(ERROR);
    if (error.isTextual()) {
      ((ObjectNode) expected.path(RESULT)).put(ERROR, beginning(error.textValue()));
    }
    return expected;
  }

  private static String beginning(String message) {
    return message.startsWith("invalid cursor: ") ? "invalid cursor: " : "";
  }
}
