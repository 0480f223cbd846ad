// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.util.Objects.requireNonNull;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.matrix.InMatrix;
import io.lichen.conformance.matrix.MatrixExtension;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.conformance.moss.netns.NetworkPair;
import io.lichen.conformance.moss.tap.DatagramReader;
import io.lichen.conformance.moss.tap.WireTap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;

/**
 * What the scenarios of one cell share: peers of the two runtimes, taps between them, and that
 * everything ends.
 */
@ExtendWith(MatrixExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PairScenario implements InMatrix {
  @Parameter
  @SuppressWarnings("NullAway.Init") // JUnit sets it before every invocation of the class.
  Cell cell;

  private final List<WireTap> taps = new ArrayList<>();
  final MeshPeers peers = new MeshPeers(Path.of("target", "interop", getClass().getSimpleName()));

  @Override
  public final String wire() {
    return "moss";
  }

  @Override
  public Cell cell() {
    return cell;
  }

  /** Skips, and says so, if the machine lacks a library that the cell needs. */
  final void assumeRunnable() {
    for (Driver driver : List.of(cell.dialer(), cell.listener())) {
      boolean present = MeshPeers.canRun(driver, cell.era());
      String message =
          "no native library of era " + cell.era() + ": " + MossLibraries.howToName(cell.era());
      Skip.unless(present, cell, message);
    }
  }

  /** The network; skips, and says so, if this machine did not let us make one. */
  final NetworkPair assumeNetwork(@Nullable NetworkPair made) {
    Skip.unless(made != null, cell, "no network namespaces: they need root and iproute2");
    return requireNonNull(made);
  }

  /** The peer that dials, as it is to be started; subscribed to the channel of the talk. */
  final PeerSpec dialer() {
    return PeerSpec.of(cell.dialer(), cell.era(), "grove").withChannels(Talk.CHANNEL);
  }

  /** The peer that is dialled, as it is to be started; subscribed to the channel of the talk. */
  final PeerSpec listener() {
    return PeerSpec.of(cell.listener(), cell.era(), "grove").withChannels(Talk.CHANNEL);
  }

  /** A tap in front of a peer. */
  final WireTap tapBefore(MeshPeer listener) {
    WireTap tap = new WireTap(DatagramReader.of(cell.era(), Cell.DEFAULT_NETWORK));
    taps.add(tap);
    tap.carryTo(listener.port());
    return tap;
  }

  /** Ends all that was started. */
  final void endAll() {
    taps.forEach(WireTap::close);
    taps.clear();
    peers.close();
  }
}
