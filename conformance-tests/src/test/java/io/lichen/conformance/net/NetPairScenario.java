// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.matrix.InMatrix;
import io.lichen.conformance.matrix.MatrixExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;

/** What the scenarios of one cell share: nodes of the two runtimes, and that everything ends. */
@ExtendWith(MatrixExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NetPairScenario implements InMatrix {
  @Parameter
  @SuppressWarnings("NullAway.Init") // JUnit sets it before every invocation of the class.
  NetCell cell;

  final NetPeers peers = new NetPeers(Path.of("target", "interop", getClass().getSimpleName()));

  @Override
  public final String wire() {
    return "net";
  }

  @Override
  public final NetCell cell() {
    return cell;
  }

  /** Skips, and says so, if the machine has no native of the version. */
  final void assumeRunnable() {
    for (Driver driver : List.of(cell.dialer(), cell.listener())) {
      boolean present = NetPeers.canRun(driver, cell.version());
      Skip.unless(present, cell, NativePackage.howToGet(cell.version()));
    }
  }

  /** The node that dials, as it is to be started. */
  final NetSpec dialer() {
    return NetSpec.of(cell.dialer(), cell.version(), 1);
  }

  /** The node that is dialled, as it is to be started. */
  final NetSpec listener() {
    return NetSpec.of(cell.listener(), cell.version(), 2);
  }

  /** Ends all that was started. */
  final void endAll() {
    peers.close();
  }
}
