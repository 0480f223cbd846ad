// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Era;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A relay and its ends, of which natives are some. */
abstract class RelayScenario {
  final RelayStage stage = new RelayStage(getClass().getSimpleName());

  @BeforeEach
  final void assumeNatives() {
    Skip.unless(MeshPeers.canRun(Driver.NATIVE, Era.C), getClass(), MossLibraries.howToName(Era.C));
  }

  @AfterEach
  final void endAll() {
    stage.close();
  }
}
