// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer in the middle forwards between two ends of the other runtime. The ends may have one
 * session each, so that they cannot meet behind its back.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#core")
class ForwardingTest extends PairScenario {
  private static final String ONE_SESSION = "{\"max_peers\":1}";
  private static final int MESSAGES = 5;

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("the listener forwards between two dialers")
  void shouldForwardThroughTheListener() {
    assumeRunnable();
    MeshPeer middle = peers.start(listener());
    MeshPeer left = peers.start(dialer().withConfig(ONE_SESSION));
    MeshPeer right = peers.start(dialer().withConfig(ONE_SESSION));
    Talk.connect(cell(), left, middle, middle.address());
    Talk.connect(cell(), right, middle, middle.address());

    Talk.bothWays(left, middle);
    Talk.bothWays(right, middle);
    Talk.bothWays(left, right);
    for (int i = 0; i < MESSAGES; i++) {
      Talk.deliver(left, right, ("from the left " + i).getBytes(UTF_8));
      Talk.deliver(right, left, ("from the right " + i).getBytes(UTF_8));
    }
    assertFalse(left.isConnectedTo(right.id()), "the ends have met behind the middle's back");
  }
}
