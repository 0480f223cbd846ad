// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import java.util.List;
import java.util.function.Supplier;

/** Recorded sequences of calls, made on our nodes. */
final class ApiCheck implements VectorCheck {
  /** Makes the calls of one sequence, in their order. */
  interface Caller extends AutoCloseable {
    /** Makes a call and puts what came of it into the row. */
    void call(String call, String sequence, ObjectNode row);

    @Override
    void close();
  }

  private final Supplier<Caller> callers;

  ApiCheck(Supplier<Caller> callers) {
    this.callers = callers;
  }

  @Override
  public ObjectNode answer(Vector vector) {
    ObjectNode answer = Trees.object();
    ArrayNode rows = answer.putArray("calls");
    try (Caller caller = callers.get()) {
      for (JsonNode recorded : vector.inputs().path("calls")) {
        int number = rows.size();
        String call = Trees.text(recorded, "call");
        ObjectNode row = rows.addObject().put("call", call);
        if (ApiExceptions.canBeCalled(vector, number)) {
          caller.call(call, vector.name(), row);
        }
      }
    }
    return answer;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    return Trees.members(vector.inputs(), "calls");
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return ApiExceptions.of(vector);
  }
}
