// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.JvmGauge;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.net.crowd.Gaps;
import io.lichen.conformance.net.crowd.SessionCrowd;
import io.lichen.transport.net.NetDial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many sessions on one node, idle but for what idle nodes say: 1000 in the full suite, 200
 * otherwise. The node is {@code lichen net} in a process of its own, which is measured from
 * outside.
 */
class ManySessionsTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final int SESSIONS = IS_FULL ? 1000 : 200;
  private static final Duration HEARTBEAT = Duration.ofMillis(IS_FULL ? 5000 : 1000);
  private static final Duration TIMEOUT = HEARTBEAT.multipliedBy(6);
  private static final Duration LIMIT = TIMEOUT.multipliedBy(2);
  private static final int BEATS = 4;
  private static final long MAX_HEAP_BYTES = 64L << 20;

  /** Five times what it is to be on a quiet machine: against what is out of hand. */
  private static final double MAX_CORES = 0.5;

  private final NetPeers peers = new NetPeers(Path.of("target", "interop", "ManySessionsTest"));
  private final SessionCrowd crowd =
      SessionCrowd.open(SESSIONS, HexFormat.of().parseHex(NetSpec.PSK));

  @AfterEach
  void endAll() {
    crowd.close();
    peers.close();
  }

  @Test
  void shouldKeepManySessionsAliveAtLittleCost() {
    NetPeer node = startNode();
    try (JvmGauge gauge = JvmGauge.of(node.pid())) {
      long aloneBytes = gauge.liveHeapBytes();
      crowd.connect(dial(node));
      crowd.beat(HEARTBEAT);
      awaitBeats(2);
      crowd.takeGaps();
      double cores = coresWhile(gauge, () -> awaitBeats(BEATS));
      Gaps gaps = crowd.takeGaps();
      long heapBytes = gauge.liveHeapBytes();
      System.out.printf(
          "%d sessions: live heap %d KiB, %d before; buffers outside of it %d KiB; "
              + "%.3f of a core; %s%n",
          SESSIONS, heapBytes >> 10, aloneBytes >> 10, gauge.directBytes() >> 10, cores, gaps);
      assertInTime(node, gaps);
      assertTrue(heapBytes <= MAX_HEAP_BYTES, () -> heapBytes + " bytes:\n" + gauge.histogram(30));
      assertTrue(cores <= MAX_CORES, () -> cores + " of a core");
    }
  }

  /** Not one heartbeat was lost, and nobody was given up for a moment. */
  private void assertInTime(NetPeer node, Gaps gaps) {
    assertEquals(SESSIONS, node.peerCount());
    assertTrue(gaps.count() >= SESSIONS * (BEATS - 1), gaps::toString);
    assertTrue(gaps.maxNs() <= TIMEOUT.toNanos(), gaps::toString);
    long sent = crowd.beats();
    Waits.until("all heartbeats at the node", LIMIT, () -> heartbeats(node) >= sent);
    List<String> news =
        node.notes().all().stream()
            .map(note -> note.path("event").asText())
            .filter(event -> !event.equals("connected"))
            .toList();
    assertEquals(List.of(), news);
  }

  private static long heartbeats(NetPeer node) {
    return node.stats().path("counters").path("heartbeats.received").asLong();
  }

  private NetPeer startNode() {
    String config =
        "{\"heartbeat_ms\":%d,\"session_timeout_ms\":%d}"
            .formatted(HEARTBEAT.toMillis(), TIMEOUT.toMillis());
    NetSpec spec = NetSpec.of(Driver.JAVA, NativeVersion.V0_34, 1).withConfig(config);
    // The leak detector's records would be measured with it.
    NetPeer node = peers.start(spec, "-Dio.netty.leakDetection.level=disabled");
    node.start();
    return node;
  }

  private static NetDial dial(NetPeer node) {
    return new NetDial(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port()),
        HexFormat.of().parseHex(node.publicKey()),
        Long.parseUnsignedLong(node.nodeId()),
        NetDial.Way.ROUTED);
  }

  private void awaitBeats(int each) {
    long wanted = crowd.beats() + (long) each * SESSIONS;
    Waits.until("heartbeats of all", LIMIT, () -> crowd.beats() >= wanted);
  }

  private static double coresWhile(JvmGauge gauge, Runnable work) {
    long cpuNs = gauge.cpuNs();
    long startNs = System.nanoTime();
    work.run();
    return (double) (gauge.cpuNs() - cpuNs) / (System.nanoTime() - startNs);
  }
}
