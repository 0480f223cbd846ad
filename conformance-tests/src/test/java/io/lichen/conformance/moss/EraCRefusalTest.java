// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.util.List;
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
    List<MeshPeer> dialers = Strangers.of(dialer()).stream().map(peers::start).toList();
    dialers.forEach(dialer -> Talk.connect(cell(), dialer, listener, listener.address()));
    assertFalse(
        Waits.holdsWithin(Talk.SILENCE, () -> isAnyHeard(dialers, listener)),
        "heard through the wall");
    for (MeshPeer dialer : dialers) {
      assertTrue(dialer.isConnectedTo(listener.id()), "the session stays");
    }
  }

  /** Each of them speaks, and is spoken to, whoever else is heard. */
  private static boolean isAnyHeard(List<MeshPeer> dialers, MeshPeer listener) {
    return dialers.stream().filter(dialer -> Talk.hearEachOther(dialer, listener)).count() > 0;
  }
}
