// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.core.moss.discovery.tracker.LoopbackTracker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes that know of a tracker only, which knows of nobody before they come. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#mixedOverTcp")
class TrackerDiscoveryTest extends PairScenario {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("an HTTP tracker names the listener to the dialer")
  void shouldMeetThroughAnHttpTracker() {
    try (LoopbackTracker tracker = new LoopbackTracker()) {
      meet(tracker, tracker.httpUrl(), "http started ");
    }
  }

  @Test
  @Scenario("a UDP tracker names the listener to the dialer")
  void shouldMeetThroughAUdpTracker() {
    try (LoopbackTracker tracker = new LoopbackTracker()) {
      meet(tracker, tracker.udpUrl(), "udp started ");
    }
  }

  /** Whoever announces second is told of the first: that is the dialer. */
  private void meet(LoopbackTracker tracker, String url, String announce) {
    assumeRunnable();
    String config = "{\"trackers\":[\"" + url + "\"]}";
    MeshPeer listener = peers.start(listener().withConfig(config));
    Waits.until(
        "the tracker knows of the listener",
        LIMIT,
        () -> tracker.announces.contains(announce + listener.port()));
    MeshPeer dialer = peers.start(dialer().withConfig(config));
    dialer.awaitEvent("PEER_JOINED", listener.id(), LIMIT);
    listener.awaitEvent("PEER_JOINED", dialer.id(), LIMIT);
    Talk.bothWays(dialer, listener);
  }
}
