// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.moss.netns.NetworkPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two nodes that call in their local network. Each has a machine of its own: a native does not
 * share the port of the beacons.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#symmetricOverTcp")
class LanDiscoveryTest extends NetworkScenario {
  private static final String CALLING = "{\"lan_discovery_enabled\":true,\"lan_discovery_ms\":%d}";

  /** The listener calls once, before anybody is there, so that it is the dialer that is heard. */
  private static final int ONCE_MS = 600_000;

  private static final int OFTEN_MS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Override
  NetworkPair open() {
    return NetworkPair.lan();
  }

  @Test
  @Scenario("the listener hears the dialer's beacon in the local network and answers it")
  void shouldMeetInTheLocalNetwork() {
    assumeRunnable();
    NetworkPair lan = assumeNetwork();
    MeshPeer listener =
        peers.start(
            listener()
                .withNamespace(lan.right())
                .withListen(lan.rightAddress(), 0)
                .withConfig(CALLING.formatted(ONCE_MS)));
    MeshPeer dialer =
        peers.start(
            dialer()
                .withNamespace(lan.left())
                .withListen(lan.leftAddress(), 0)
                .withConfig(CALLING.formatted(OFTEN_MS)));
    dialer.awaitEvent("PEER_JOINED", listener.id(), LIMIT);
    listener.awaitEvent("PEER_JOINED", dialer.id(), LIMIT);
    Talk.bothWays(dialer, listener);
  }
}
