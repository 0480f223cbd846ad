// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lichen.conformance.moss.tap.WireTap;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.HandshakeMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A listener goes and something comes back on its address: itself, then IK must do; or another,
 * then XX must follow the refused IK. Over UDP the first session is a TCP one, whose end is seen at
 * once; then the tap loses its TCP and the dialer goes on over UDP with the key that it has
 * learned.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#core")
class ReconnectTest extends PairScenario {
  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("disconnect event, then IK to the peer that came back")
  void shouldSeeTheListenerLeaveAndMeetItAgainByIk() {
    assumeRunnable();
    Path keys = peers.newFile("listener.key");
    MeshPeer listener = peers.start(listener().withKeyStore(keys));
    MeshPeer dialer = peers.start(dialer());
    WireTap tap = meetThenLose(dialer, listener);

    MeshPeer back = peers.start(listener().withKeyStore(keys));
    assertEquals(listener.id(), back.id());
    reopen(tap, back);
    Talk.connect(cell(), dialer, back, tap.address());
    Talk.bothWays(dialer, back);
    assertEquals(List.of(HandshakeMode.IK), tap.handshakes());
  }

  @Test
  @Scenario("IK falls back to XX when another peer has the address")
  void shouldFallBackToXxWhenAnotherIdentityHasTheAddress() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener());
    MeshPeer dialer = peers.start(dialer());
    WireTap tap = meetThenLose(dialer, listener);

    MeshPeer other = peers.start(listener());
    assertNotEquals(listener.id(), other.id());
    reopen(tap, other);
    Talk.connect(cell(), dialer, other, tap.address());
    Talk.bothWays(dialer, other);
    assertEquals(List.of(HandshakeMode.IK, HandshakeMode.XX), tap.handshakes());
  }

  private WireTap meetThenLose(MeshPeer dialer, MeshPeer listener) {
    WireTap tap = tapBefore(listener);
    Talk.connect(dialer, listener, tap.address(), Carrier.TCP);
    Talk.bothWays(dialer, listener);
    tap.cut();
    listener.stop();
    dialer.awaitEvent("PEER_LEFT", listener.id(), Talk.LIMIT);
    tap.clearHandshakes();
    return tap;
  }

  private void reopen(WireTap tap, MeshPeer listener) {
    if (cell().carrier() == Carrier.UDP) {
      tap.carryDatagramsTo(listener.port());
    } else {
      tap.carryTo(listener.port());
    }
  }
}
