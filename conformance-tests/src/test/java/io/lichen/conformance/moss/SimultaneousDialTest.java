// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sides dial each other at once: one session stays, and it works. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#whereBothDial")
class SimultaneousDialTest extends PairScenario {
  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("both dial each other at once: one session, both ways")
  void shouldKeepOneSessionWhenBothDialAtOnce() {
    assumeRunnable();
    MeshPeer one = peers.start(listener());
    MeshPeer other = peers.start(dialer());
    CompletableFuture<Integer> there =
        other.connectAsync(Talk.target(one.address(), cell().carrier()));
    CompletableFuture<Integer> back =
        one.connectAsync(Talk.target(other.address(), cell().carrier()));
    CompletableFuture.allOf(there, back).join();

    Waits.until(
        "each connected to the other",
        Talk.LIMIT,
        () -> one.isConnectedTo(other.id()) && other.isConnectedTo(one.id()));
    Talk.bothWays(one, other);
    assertEquals(1, one.info().path("peer_count").asInt());
    assertEquals(1, other.info().path("peer_count").asInt());
  }
}
