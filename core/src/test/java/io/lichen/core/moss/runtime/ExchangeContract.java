// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.awaitTargets;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.crypto.identity.Identity;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How nodes find each other through third ones, whatever carries their sessions. */
abstract class ExchangeContract extends RoomContract {
  private static List<Identity> ordered() {
    SecureRandom random = new SecureRandom();
    return Stream.generate(() -> Identity.generate(random))
        .limit(2)
        .sorted(Comparator.comparing(Identity::peerId))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldConnectTheEndsOfAChain(boolean lowerCameFirst) {
    List<Identity> ids = ordered();
    TestNode middle = nodes.started(plan());
    TestNode first = nodes.started(plan().identity(ids.get(lowerCameFirst ? 0 : 1)));
    TestNode second = nodes.started(plan().identity(ids.get(lowerCameFirst ? 1 : 0)));
    first.node().connect(middle.address());
    second.node().connect(middle.address());
    for (TestNode node : List.of(first, middle, second)) {
      await("all three are connected", () -> node.node().info().peerCount() == 2);
      assertEquals(2, node.node().info().knownPeerCount());
    }
  }

  @Test
  void shouldStayConnectedWhenTheOneWhoIntroducedThemLeaves() {
    TestNode middle = nodes.started(plan());
    TestNode first = nodes.started(plan());
    TestNode second = nodes.started(plan());
    first.node().connect(middle.address());
    second.node().connect(middle.address());
    await("they have met", () -> first.node().info().peerCount() == 2);
    middle.node().close();
    await("the middle is gone", () -> first.node().info().peerCount() == 1);
    second.node().subscribe("a");
    awaitTargets(first, "a", 1);
  }

  @Test
  void shouldNotDialBeyondItsRoomForPeers() {
    TestNode middle = nodes.started(plan());
    TestNode content = nodes.started(plan().config("\"max_peers\":1"));
    TestNode other = nodes.started(plan().config("\"max_peers\":1"));
    content.node().connect(middle.address());
    other.node().connect(middle.address());
    await("both have heard of each other", () -> content.node().info().knownPeerCount() == 2);
    TestNodes.pause(1500);
    assertEquals(1, content.node().info().peerCount());
    assertTrue(content.node().info().peers().contains(middle.address()));
  }
}
