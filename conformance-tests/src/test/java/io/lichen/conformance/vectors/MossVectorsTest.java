// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.vectors.moss.MossKinds;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MossVectorsTest {
  @Test
  void shouldAnswerAsTheNativesDid() throws IOException {
    List<VectorFile> files = new ArrayList<>(VectorFiles.own());
    String further = System.getProperty(VectorFiles.FURTHER, "");
    for (String folder : further.split(File.pathSeparator, -1)) {
      if (!folder.isBlank()) {
        files.addAll(VectorFiles.below(Path.of(folder)));
      }
    }

    VectorReport report = new VectorRunner(MossKinds.table()).run(files);

    System.out.println(report.table());
    assertTrue(report.isGood(), () -> String.join("\n", report.failures()));
  }
}
