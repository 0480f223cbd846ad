// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.moss.tap.WireTap;
import io.lichen.transport.moss.Carrier;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The listener's answer takes longer than the dialer waits before it asks again. A native then
 * forgets the handshake that the dialer completes, and says nothing (docs/wire/moss-transport.md,
 * "UDP: the initiator"): the dialer has a session with nobody.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#udpFromJava")
class SlowAnswerTest extends PairScenario {
  /** A repeat of the first message goes out after a second; then both answers are under way. */
  private static final Duration SLOW = Duration.ofMillis(1_300);

  private static final Duration LIMIT = Duration.ofSeconds(15);

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("a slow answer to the dialer: one session within seconds, both ways")
  void shouldMeetThoughTheFirstAnswerIsLate() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener());
    MeshPeer dialer = peers.start(dialer());
    WireTap tap = tapBefore(listener);
    tap.holdFirstAnswer(SLOW);
    assertEquals(0, dialer.connect(Talk.target(tap.address(), Carrier.UDP)), "code of connect");
    listener.awaitEvent("PEER_JOINED", dialer.id(), LIMIT);
    Talk.bothWays(dialer, listener);
  }
}
