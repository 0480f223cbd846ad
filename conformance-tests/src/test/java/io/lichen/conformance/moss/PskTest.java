// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.matrix.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A mesh (era A) or room (era C) with a pre-shared key. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#withJava")
class PskTest extends PairScenario {
  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("mesh or room with a PSK, both ways")
  void shouldTalkBothWaysWithTheSamePsk() {
    assumeRunnable();
    MeshPeer listener = peers.start(listener().withPsk(Strangers.PSK));
    MeshPeer dialer = peers.start(dialer().withPsk(Strangers.PSK));
    Talk.connect(cell(), dialer, listener, listener.address());
    Talk.bothWays(dialer, listener);
  }
}
