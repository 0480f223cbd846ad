// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A check of vectors that hold a list, in whose elements inputs and expectations stand together.
 *
 * @param list the name of the list
 * @param expectations the members of an element that are expectations
 * @param question answers a vector with a list of such elements
 */
public record ListCheck(MixedCheck.Question question, String list, String... expectations)
    implements VectorCheck {
  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    return question.answer(vector.inputs());
  }

  @Override
  public ObjectNode expected(Vector vector) {
    ObjectNode expected = Trees.object();
    ArrayNode elements = expected.putArray(list);
    for (JsonNode element : vector.inputs().path(list)) {
      elements.add(Trees.members(element, expectations));
    }
    return expected;
  }
}
