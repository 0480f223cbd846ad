// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.matrix.Scenario;
import java.util.Random;
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
  private static final long SEED = 20_261_122;

  @AfterEach
  void endPeers() {
    endAll();
  }

  /**
   * A native thinks ill of a neighbour that only ever takes, and soon sends it nothing more
   * (docs/wire/moss-gossip.md, "Receipts"); it must not think so of Lichen.
   */
  @Test
  @Scenario("600 messages one way through the listener, none lost, none twice")
  void shouldLoseNothingOfAOneWayFlow() {
    assumeRunnable();
    assumeFalse(cell().isBaseline(), "natives lose most of it");
    assumeTrue(Cell.IS_FULL || cell().isOfDiagonal(), "only in the full suite");
    Ends ends = meetThroughTheListener();
    ends.left.clearMessages();
    ends.right.clearMessages();
    Talk.flow(ends.left, ends.right, 600, 4, new Random(SEED));
  }

  @Test
  @Scenario("the listener forwards between two dialers")
  void shouldForwardThroughTheListener() {
    assumeRunnable();
    Ends ends = meetThroughTheListener();
    for (int i = 0; i < MESSAGES; i++) {
      Talk.deliver(ends.left, ends.right, ("from the left " + i).getBytes(UTF_8));
      Talk.deliver(ends.right, ends.left, ("from the right " + i).getBytes(UTF_8));
    }
    assertFalse(
        ends.left.isConnectedTo(ends.right.id()), "the ends have met behind the middle's back");
  }

  private record Ends(MeshPeer left, MeshPeer right) {}

  private Ends meetThroughTheListener() {
    MeshPeer middle = peers.start(listener());
    MeshPeer left = peers.start(dialer().withConfig(ONE_SESSION));
    MeshPeer right = peers.start(dialer().withConfig(ONE_SESSION));
    Talk.connect(cell(), left, middle, middle.address());
    Talk.connect(cell(), right, middle, middle.address());

    Talk.bothWays(left, middle);
    Talk.bothWays(right, middle);
    Talk.bothWays(left, right);
    return new Ends(left, right);
  }
}
