// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import java.util.List;
import java.util.Map;

/** What a node answers to envelopes that are no gossip; each recording is of another matter. */
final class ControlTraceCheck implements VectorCheck {
  private static final VectorCheck PARTS = new NatPartsTraceCheck();

  private final Map<String, VectorCheck> matters =
      Map.of(
          OverlayTraceCheck.NAME,
          new OverlayTraceCheck(),
          RelayTraceCheck.NAME,
          new RelayTraceCheck(),
          "binding request",
          new BindingTraceCheck(),
          "reachability request needs the exact session endpoint",
          PARTS,
          "relay target accepts a signed request",
          PARTS,
          "hole punch coordinator",
          PARTS);

  private VectorCheck matter(Vector vector) {
    String name = text(vector.inputs(), "name");
    VectorCheck matter = matters.get(name);
    if (matter == null) {
      throw new IllegalArgumentException("nobody answers the recording \"" + name + '"');
    }
    return matter;
  }

  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    return matter(vector).answer(vector);
  }

  @Override
  public ObjectNode expected(Vector vector) {
    return matter(vector).expected(vector);
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return matter(vector).deviations(vector);
  }
}
