// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import io.lichen.conformance.vectors.moss.MossKinds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Also accounts for the files of further folders that belong to neither wire. */
class MossVectorsTest {
  @Test
  void shouldAnswerAsTheNativesDid() throws IOException {
    WireVectors.check(
        MossKinds.table(),
        VectorFiles.MOSS,
        file -> !file.isOfNet() && !file.isOfBus() && !file.isOfLogs());
  }
}
