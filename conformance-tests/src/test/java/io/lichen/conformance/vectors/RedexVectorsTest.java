// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import io.lichen.conformance.vectors.redex.RedexKinds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RedexVectorsTest {
  @Test
  void shouldKeepLogsAsTheNativeDid() throws IOException {
    WireVectors.check(RedexKinds.table(), VectorFiles.LOGS, VectorFile::isOfLogs);
  }
}
