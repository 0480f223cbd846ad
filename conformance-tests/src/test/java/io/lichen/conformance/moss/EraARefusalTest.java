// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.matrix.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** In era A, mesh id and PSK are part of the handshake. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#coreOfEraA")
class EraARefusalTest extends RefusalScenario {
  @Test
  @Scenario("era A: wrong mesh id or PSK, no session on either side")
  void shouldRefuseTheHandshakeOfAnotherMeshOrPsk() {
    assumeRunnable();
    PeerSpec impatient = dialer().withConfig(Strangers.IMPATIENT);
    MeshPeer closed =
        peers.start(listener().withPsk(Strangers.PSK).withConfig(Strangers.IMPATIENT));
    Strangers.of(impatient).forEach(stranger -> refused(stranger, closed));
    MeshPeer open = peers.start(listener().withConfig(Strangers.IMPATIENT));
    refused(impatient.withMesh("desert"), open);
  }
}
