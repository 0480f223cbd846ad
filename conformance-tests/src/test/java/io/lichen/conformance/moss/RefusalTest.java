// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.transport.moss.Era;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keys and names that fit, and those that do not. In era A mesh id and PSK are part of the
 * handshake; in era C only the network id is, and a room that does not fit is merely silent.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#all")
class RefusalTest extends PairScenario {
  private static final int CONNECT_FAILED = -10;
  private static final byte[] PSK = psk(1);
  private static final String SHORT_HANDSHAKE = "\"security\":{\"handshake_timeout_sec\":1}";

  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("with the same PSK: both ways")
  void shouldTalkBothWaysWithTheSamePsk() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener().withPsk(PSK));
    MeshPeer dialer = peers.start(dialer().withPsk(PSK));
    Talk.connect(cell(), dialer, listener, listener.address());
    Talk.bothWays(dialer, listener);
  }

  @Test
  @Scenario("era A: wrong mesh id or PSK, no session on either side")
  void shouldRefuseTheHandshakeOfAnotherMeshOrPsk() {
    assumeTrue(cell().era() == Era.A, "a rule of era A");
    assumeRunnable();
    MeshPeer listener = peers.start(quickToGiveUp(listener().withPsk(PSK)));
    for (PeerSpec stranger :
        List.of(dialer().withPsk(psk(2)), dialer(), dialer().withPsk(PSK).withMesh("desert"))) {
      refused(peers.start(quickToGiveUp(stranger)), listener);
    }
    MeshPeer open = peers.start(quickToGiveUp(listener()));
    refused(peers.start(quickToGiveUp(dialer().withMesh("desert"))), open);
  }

  @Test
  @Scenario("era C: wrong network, no session on either side")
  void shouldRefuseTheHandshakeOfAnotherNetwork() {
    assumeTrue(cell().era() == Era.C, "a rule of era C");
    assumeRunnable();
    MeshPeer listener = peers.start(quickToGiveUp(listener()));
    String config = "{\"network_id\":\"other/1\"," + SHORT_HANDSHAKE + "}";
    refused(peers.start(dialer().withConfig(config)), listener);
  }

  @Test
  @Scenario("era C: wrong PSK or room, a session but nothing delivered")
  void shouldKeepRoomsApartInOneNetwork() {
    assumeTrue(cell().era() == Era.C, "a rule of era C");
    assumeRunnable();
    MeshPeer listener = peers.start(listener().withPsk(PSK));
    for (PeerSpec stranger :
        List.of(dialer().withPsk(psk(2)), dialer(), dialer().withPsk(PSK).withMesh("desert"))) {
      MeshPeer dialer = peers.start(stranger);
      Talk.connect(cell(), dialer, listener, listener.address());
      assertFalse(
          Waits.holdsWithin(Duration.ofMillis(1_200), () -> speakAndListen(dialer, listener)),
          "heard through the wall");
      assertEquals(true, dialer.isConnectedTo(listener.id()));
      dialer.kill();
    }
  }

  /** Publishes from both sides; whether one has heard the other by now. */
  private static boolean speakAndListen(MeshPeer one, MeshPeer other) {
    one.publish(Talk.CHANNEL, new byte[] {1});
    other.publish(Talk.CHANNEL, new byte[] {2});
    return hears(one, other) || hears(other, one);
  }

  private static boolean hears(MeshPeer receiver, MeshPeer sender) {
    return receiver.messages().stream().anyMatch(m -> m.sender().equals(sender.id()));
  }

  private void refused(MeshPeer dialer, MeshPeer listener) {
    String target = Talk.target(listener.address(), cell().carrier());
    assertEquals(CONNECT_FAILED, dialer.connect(target), "code of connect");
    assertEquals(0, dialer.info().path("peer_count").asInt(), "sessions of the dialer");
    assertEquals(0, listener.info().path("peer_count").asInt(), "sessions of the listener");
    dialer.kill();
  }

  private static PeerSpec quickToGiveUp(PeerSpec spec) {
    return spec.withConfig("{" + SHORT_HANDSHAKE + "}");
  }

  private static byte[] psk(int seed) {
    byte[] psk = new byte[32];
    Arrays.fill(psk, (byte) seed);
    return psk;
  }
}
