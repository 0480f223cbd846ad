// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten nodes, every pair connected, all publishing on one channel, 100 messages a second together.
 * Natives have {@code high_throughput}.
 */
class MixedMeshTest {
  private static final int HALF = 5;
  private static final int MESSAGES = Cell.IS_FULL ? 1_000 : 60;

  /** Of what natives get of each other: their queues overflow in either mesh. */
  private static final double TOLERANCE = 0.02;

  private final MeshPeers peers = new MeshPeers(Path.of("target", "interop", "MixedMeshTest"));

  @BeforeEach
  void assumeRunnable() {
    Skip.unless(
        MeshPeers.canRun(Driver.NATIVE, Era.C),
        MixedMeshTest.class,
        MossLibraries.howToName(Era.C));
  }

  @AfterEach
  void endPeers() {
    peers.close();
  }

  @Test
  @Timeout(300)
  void shouldDeliverEveryMessageOnceToEveryLichenNode() {
    MeshCrowd mixed = talkOf(Driver.NATIVE, Driver.JAVA, MESSAGES);
    System.out.println("Mixed mesh\n" + mixed.summary());
    for (MeshPeer listener : mixed.those(Driver.JAVA)) {
      for (MeshPeer speaker : mixed.all()) {
        assertEquals(mixed.said(), mixed.heardFrom(speaker, listener), "of a speaker");
      }
    }
    double amongNatives = mixed.share(Driver.NATIVE, Driver.NATIVE);
    if (amongNatives < 1) {
      assertTrue(amongNatives >= shareWithoutLichen() - TOLERANCE, mixed::summary);
    }
  }

  /** What natives give each other, should that not be all. */
  private double shareWithoutLichen() {
    peers.close();
    MeshCrowd natives = talkOf(Driver.NATIVE, Driver.NATIVE, Math.min(MESSAGES, 200));
    System.out.println("Mesh of natives\n" + natives.summary());
    return natives.share(Driver.NATIVE, Driver.NATIVE);
  }

  private MeshCrowd talkOf(Driver one, Driver other, int messages) {
    Stream<Driver> drivers =
        Stream.concat(
            Collections.nCopies(HALF, one).stream(), Collections.nCopies(HALF, other).stream());
    MeshCrowd crowd = new MeshCrowd(drivers.map(MixedMeshTest::spec).map(peers::start).toList());
    crowd.connectAll();
    crowd.talk(messages);
    return crowd;
  }

  private static PeerSpec spec(Driver driver) {
    return PeerSpec.of(driver, Era.C, "grove")
        .withChannels(Talk.CHANNEL)
        .withConfig("{\"transport\":{\"high_throughput\":true}}");
  }
}
