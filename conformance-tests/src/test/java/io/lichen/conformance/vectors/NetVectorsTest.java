// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import io.lichen.conformance.vectors.net.NetKinds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NetVectorsTest {
  @Test
  void shouldAnswerAsTheNativesDid() throws IOException {
    WireVectors.check(NetKinds.table(), VectorFiles.NET, VectorFile::isOfNet);
  }
}
