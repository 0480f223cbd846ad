// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two ends of one runtime hear of each other through a middle of the other, and meet. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#coreOfEraC")
class PeerExchangeTest extends PairScenario {
  private static final Duration LIMIT = Duration.ofSeconds(25);

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("two dialers find each other through the listener")
  void shouldConnectTheEndsOfAChain() {
    assumeRunnable();
    MeshPeer middle = peers.start(listener());
    MeshPeer left = peers.start(dialer());
    MeshPeer right = peers.start(dialer());
    Talk.connect(cell(), left, middle, middle.address());
    Talk.connect(cell(), right, middle, middle.address());

    Waits.until(
        "the ends meet",
        LIMIT,
        () -> left.isConnectedTo(right.id()) && right.isConnectedTo(left.id()));
    middle.kill();
    Talk.bothWays(left, right);
  }
}
