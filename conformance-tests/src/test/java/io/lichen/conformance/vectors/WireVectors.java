// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Runs the vectors of one wire: the module's own, and those of further folders. */
final class WireVectors {
  private WireVectors() {}

  /** Prints what was checked; an {@link AssertionError} with all that differs. */
  static void check(KindTable kinds, List<String> own, Predicate<VectorFile> further)
      throws IOException {
    List<VectorFile> files = new ArrayList<>(VectorFiles.own(own));
    VectorFiles.further().stream().filter(further).forEach(files::add);

    VectorReport report = new VectorRunner(kinds).run(files);

    System.out.println(report.table());
    assertTrue(report.isGood(), () -> String.join("\n", report.failures()));
  }
}
