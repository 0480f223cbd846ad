// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** In era C, only the network id is part of the handshake: a room that does not fit is silent. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#coreOfEraC")
class EraCRefusalTest extends RefusalScenario {
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
          Waits.holdsWithin(Talk.SILENCE, () -> Talk.hearEachOther(dialer, listener)),
          "heard through the wall");
      assertTrue(dialer.isConnectedTo(listener.id()), "the session stays");
      dialer.kill();
    }
  }
}
