// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import io.lichen.conformance.vectors.bus.BusKinds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BusVectorsTest {
  @Test
  void shouldAnswerAsTheNativesDid() throws IOException {
    WireVectors.check(BusKinds.table(), VectorFiles.BUS, VectorFile::isOfBus);
  }
}
