// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.HostileScenario.quickPlan;
import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.discovery.Candidates;
import io.lichen.core.moss.discovery.lan.LanBeacon;
import io.lichen.core.moss.discovery.tracker.LoopbackTracker;
import io.lichen.core.moss.discovery.tracker.LyingTracker;
import io.lichen.transport.moss.MossTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever is asked for peers may lie; who tells the truth is found all the same. */
final class DiscoveryLiesTest {
  private static final int FLOOD = 1000;

  private static String trackers(List<String> urls) {
    return urls.stream()
        .map(url -> "\"" + url + "\"")
        .collect(Collectors.joining(",", "\"announce_interval_sec\":1,\"trackers\":[", "]"));
  }

  /** How often an address may have been dialled: again after 5, 15, 35 s … (DialBackoff). */
  private static int rounds(long sinceNs) {
    long waits = sinceNs / 5_000_000_000L;
    return Long.SIZE - Long.numberOfLeadingZeros(1 + waits);
  }

  @Test
  void shouldMeetThroughTheOneHonestTrackerOfManyAndDialFewOfTheLies() throws Exception {
    long beganNs = System.nanoTime();
    try (LyingTracker liar = new LyingTracker();
        LoopbackTracker honest = new LoopbackTracker();
        HostileScenario scene = scenarioWith(liar, honest)) {
      scene.awaitTalk();
      await("all lies were told", () -> liar.asked.get() >= liar.urls().size());
      await(
          "itself, everybody and nobody were refused",
          () -> scene.victim.figure("discovery.refused", "source", "tracker") >= 5);
      double asked = liar.asked.get();
      double before = System.nanoTime();
      scene.attackTimes(20, () -> TestNodes.pause(20));
      assertEquals(1, scene.victim.node().info().peerCount());
      double dialled = scene.victim.figure("dials");
      int rounds = rounds(System.nanoTime() - beganNs);
      assertTrue(dialled <= rounds * Candidates.MAX_PER_SOURCE, dialled + " dials");
      double seconds = (System.nanoTime() - before) / 1e9;
      double more = liar.asked.get() - asked;
      assertTrue(more <= 2 + 2 * liar.urls().size() * seconds, more + " in " + seconds + " s");
    }
  }

  private static HostileScenario scenarioWith(LyingTracker liar, LoopbackTracker honest) {
    List<String> urls = new ArrayList<>(liar.urls());
    urls.add(honest.httpUrl());
    return new HostileScenario(
        MossTransport::open,
        quickPlan(trackers(urls)),
        plan().config(trackers(List.of(honest.httpUrl()))));
  }

  @Test
  void shouldMeetInTheLocalNetworkAmongForgedBeacons() throws Exception {
    try (DatagramSocket spoofer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = freePort();
      String lan =
          "\"lan_discovery_enabled\":true,\"lan_discovery_ms\":300,\"lan_discovery_port\":" + port;
      try (HostileScenario scene =
          new HostileScenario(MossTransport::open, quickPlan(lan), plan().config(lan))) {
        flood(spoofer, port, scene);
        scene.awaitTalk();
        scene.attackTimes(10, () -> flood(spoofer, port, scene));
        assertEquals(1, scene.victim.node().info().peerCount());
        assertEquals(0, scene.victim.node().info().relayCapablePeerCount());
        double answers = scene.victim.figure("lan.beacons.sent");
        assertTrue(answers < FLOOD, answers + " beacons sent");
        assertTrue(scene.victim.figure("dials") < 50, "dials");
      }
    }
  }

  private static int freePort() throws Exception {
    try (DatagramSocket free = new DatagramSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** Beacons of the friend, of the victim itself and of the invented, at a port where nobody is. */
  private static void flood(DatagramSocket spoofer, int port, HostileScenario scene) {
    for (int i = 0; i < FLOOD; i++) {
      String who =
          switch (i % 3) {
            case 0 -> scene.friend.node().id().hex();
            case 1 -> scene.victim.node().id().hex();
            default -> String.format("%064x", i);
          };
      byte[] beacon =
          new LanBeacon("moss/1", who, 1 + i % 9, "203.0.113.1:1", "public", true, true).encode();
      try {
        spoofer.send(
            new DatagramPacket(
                beacon, beacon.length, InetAddress.ofLiteral("127.255.255.255"), port));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
