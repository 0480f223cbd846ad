// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lichen.conformance.matrix.Scenario;
import io.lichen.conformance.moss.tap.WireTap;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.HandshakeMode;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A listener goes and something is on its address: itself, then IK must do; or another, then XX
 * must follow the refused IK. What comes after stands ready before the listener goes, since a
 * dialer tries again at once. Over UDP the first session is a TCP one, whose end is seen at once;
 * then the tap carries datagrams only, and the dialer goes on over UDP with the key that it has
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
    WireTap tap = meet(dialer, listener);

    MeshPeer back = peers.start(listener().withKeyStore(keys));
    assertEquals(listener.id(), back.id());
    replace(tap, dialer, listener, back);
    assertEquals(Set.of(HandshakeMode.IK), Set.copyOf(tap.handshakes()));
  }

  @Test
  @Scenario("IK falls back to XX when another peer has the address")
  void shouldFallBackToXxWhenAnotherIdentityHasTheAddress() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener());
    MeshPeer dialer = peers.start(dialer());
    WireTap tap = meet(dialer, listener);

    MeshPeer other = peers.start(listener());
    assertNotEquals(listener.id(), other.id());
    replace(tap, dialer, listener, other);
    assertEquals(HandshakeMode.IK, tap.handshakes().getFirst());
    assertEquals(HandshakeMode.XX, tap.handshakes().getLast());
  }

  private WireTap meet(MeshPeer dialer, MeshPeer listener) {
    WireTap tap = tapBefore(listener);
    Talk.connect(dialer, listener, tap.address(), Carrier.TCP);
    Talk.bothWays(dialer, listener);
    tap.clearHandshakes();
    return tap;
  }

  /** Ends the listener, and returns when the dialer talks to the one that has its address now. */
  private void replace(WireTap tap, MeshPeer dialer, MeshPeer listener, MeshPeer next) {
    if (cell().carrier() == Carrier.UDP) {
      tap.carryDatagramsTo(next.port());
    } else {
      tap.carryTo(next.port());
    }
    listener.stop();
    dialer.awaitEvent("PEER_LEFT", listener.id(), Talk.LIMIT);
    // The code says nothing: the dialer may have come back on its own before it was told to.
    dialer.connect(Talk.target(tap.address(), cell().carrier()));
    dialer.awaitEvent("PEER_JOINED", next.id(), Talk.LIMIT);
    next.awaitEvent("PEER_JOINED", dialer.id(), Talk.LIMIT);
    Talk.bothWays(dialer, next);
  }
}
