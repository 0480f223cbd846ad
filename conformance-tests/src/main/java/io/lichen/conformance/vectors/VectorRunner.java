// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.VectorCheck.Deviation;
import java.util.List;

/** Answers all vectors whose kind is answered, and accounts for all others. */
public final class VectorRunner {
  private final KindTable kinds;

  /** Runs with these states. */
  public VectorRunner(KindTable kinds) {
    this.kinds = kinds;
  }

  /** Runs all vectors of all files. */
  public VectorReport run(List<VectorFile> files) {
    VectorReport report = new VectorReport();
    for (VectorFile file : files) {
      if (file.vectors().isEmpty()) {
        report.file(file);
      }
      file.vectors().forEach(vector -> run(vector, report));
    }
    return report;
  }

  private void run(Vector vector, VectorReport report) {
    KindState state = kinds.state(vector).orElse(null);
    switch (state) {
      case null -> report.unknown(vector);
      case KindState.Later later -> report.later(vector, later.step());
      case KindState.Never never -> report.never(vector, never.reason());
      case KindState.Run run -> check(vector, run.check(), report);
    }
  }

  private static void check(Vector vector, VectorCheck check, VectorReport report) {
    try {
      ObjectNode answer = check.answer(vector);
      List<Deviation> deviations = check.deviations(vector);
      report.ran(vector, Comparison.of(check.expected(vector), answer, deviations), deviations);
    } catch (Exception | AssertionError e) {
      report.ran(vector, List.of("could not be answered: " + e), List.of());
    }
  }
}
