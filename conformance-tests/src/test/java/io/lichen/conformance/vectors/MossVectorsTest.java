// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.vectors.moss.MossKinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Also accounts for the files of further folders that belong to neither wire. */
class MossVectorsTest {
  @Test
  void shouldAnswerAsTheNativesDid() throws IOException {
    List<VectorFile> files = new ArrayList<>(VectorFiles.own(VectorFiles.MOSS));
    VectorFiles.further().stream()
        .filter(file -> !file.isOfNet() && !file.isOfBus())
        .forEach(files::add);

    VectorReport report = new VectorRunner(MossKinds.table()).run(files);

    System.out.println(report.table());
    assertTrue(report.isGood(), () -> String.join("\n", report.failures()));
  }
}
