// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.vectors.net.NetKinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetVectorsTest {
  @Test
  void shouldAnswerAsTheNativesDid() throws IOException {
    List<VectorFile> files = new ArrayList<>(VectorFiles.own(VectorFiles.NET));
    VectorFiles.further().stream().filter(VectorFile::isOfNet).forEach(files::add);

    VectorReport report = new VectorRunner(NetKinds.table()).run(files);

    System.out.println(report.table());
    assertTrue(report.isGood(), () -> String.join("\n", report.failures()));
  }
}
