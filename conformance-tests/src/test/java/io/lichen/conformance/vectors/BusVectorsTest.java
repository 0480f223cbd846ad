// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.vectors.bus.BusKinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusVectorsTest {
  @Test
  void shouldAnswerAsTheNativesDid() throws IOException {
    List<VectorFile> files = new ArrayList<>(VectorFiles.own(VectorFiles.BUS));
    VectorFiles.further().stream().filter(VectorFile::isOfBus).forEach(files::add);

    VectorReport report = new VectorRunner(BusKinds.table()).run(files);

    System.out.println(report.table());
    assertTrue(report.isGood(), () -> String.join("\n", report.failures()));
  }
}
