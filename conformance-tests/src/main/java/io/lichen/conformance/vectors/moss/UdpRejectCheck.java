// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.discovery.tracker.TrackerException;
import java.util.List;

/** Answers of UDP trackers that are none. */
final class UdpRejectCheck implements VectorCheck {
  @Override
  public ObjectNode answer(Vector vector) throws TrackerException {
    return TrackerChecks.udpReject(vector.inputs());
  }

  @Override
  public ObjectNode expected(Vector vector) {
    return Trees.members(vector.inputs(), "error", "immediate");
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return Trees.text(vector.inputs(), "case").equals("transaction mismatch")
        ? List.of(
            new Deviation(
                "/immediate",
                json.booleanNode(true),
                json.booleanNode(false),
                "a packet with a guessed transaction id must not end the exchange"))
        : List.of();
  }
}
