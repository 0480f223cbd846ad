// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node answers to envelopes that are no gossip; each recording is of another matter. Those
 * that nobody answers yet wait for a later step.
 */
final class ControlTraceCheck implements VectorCheck {
  private final Map<String, VectorCheck> matters =
      Map.of(
          OverlayTraceCheck.NAME, new OverlayTraceCheck(),
          RelayTraceCheck.NAME, new RelayTraceCheck());
  private final String laterStep;

  ControlTraceCheck(String laterStep) {
    this.laterStep = laterStep;
  }

  private Optional<VectorCheck> matter(Vector vector) {
    return Optional.ofNullable(matters.get(text(vector.inputs(), "name")));
  }

  @Override
  public Optional<String> waitsFor(Vector vector) {
    return matter(vector).isPresent() ? Optional.empty() : Optional.of(laterStep);
  }

  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    VectorCheck matter = matter(vector).orElse(null);
    return matter == null ? object() : matter.answer(vector);
  }

  @Override
  public ObjectNode expected(Vector vector) {
    return matter(vector).map(matter -> matter.expected(vector)).orElseGet(() -> object());
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return matter(vector).map(matter -> matter.deviations(vector)).orElse(List.of());
  }
}
