// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.moss.tap.WireTap;
import io.lichen.transport.moss.HandshakeMode;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two peers of an open mesh or room on loopback, one of which is told to dial the other. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#all")
class PairTest extends PairTalk {
  @AfterParameterizedClassInvocation
  void endPair() {
    endAll();
  }

  @Test
  @Order(1)
  @Scenario("XX handshake, open mesh or room, both ways")
  void shouldMeetByXxAndTalkBothWays() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener());
    MeshPeer dialer = peers.start(dialer());
    WireTap tap = tapBefore(listener);
    Talk.connect(cell(), dialer, listener, tap.address());
    setPair(dialer, listener);
    Talk.bothWays(dialer, listener);
    assertEquals(List.of(HandshakeMode.XX), tap.handshakes());
  }
}
