// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** In era C, only the network id is part of the handshake: a room that does not fit is silent. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#coreOfEraC")
class EraCRefusalTest extends RefusalScenario {
  /** Longer than a heartbeat, in which both sides gossip what they have. */
  private static final Duration SILENCE = Duration.ofMillis(1_500);

  @Test
  @Scenario("era C: wrong network, no session on either side")
  void shouldRefuseTheHandshakeOfAnotherNetwork() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener().withConfig(Strangers.IMPATIENT));
    refused(dialer().withConfig(Strangers.OTHER_NETWORK), listener);
  }

  @Test
  @Scenario("era C: wrong PSK or room, a session but nothing delivered")
  void shouldKeepRoomsApartInOneNetwork() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener().withPsk(Strangers.PSK));
    for (PeerSpec stranger : Strangers.of(dialer())) {
      MeshPeer dialer = peers.start(stranger);
      Talk.connect(cell(), dialer, listener, listener.address());
      assertFalse(
          Waits.holdsWithin(SILENCE, () -> speakAndListen(dialer, listener)),
          "heard through the wall");
      assertTrue(dialer.isConnectedTo(listener.id()), "the session stays");
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
}
