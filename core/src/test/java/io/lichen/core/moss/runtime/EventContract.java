// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a node tells of peers that come and go, whatever carries its sessions. */
abstract class EventContract extends CallbackContract {
  private static void assertEvent(MossEvent.Type type, TestNode about, MossEvent event) {
    assertEquals(type, event.type());
    assertEquals(about.node().id().hex(), event.detail().get("peer"));
    assertEquals(List.of("addr", "peer"), List.copyOf(event.detail().keySet()));
  }

  private static void assertNoEvent(TestNode node) throws InterruptedException {
    assertNull(node.events().poll(150, TimeUnit.MILLISECONDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "udp://"})
  void shouldTellBothEndsOnceThatTheyMet(String scheme) throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    String address = a.address();
    b.node().connect(scheme + address);
    b.node().connect(scheme + address);
    MossEvent joined = takeEvent(b);
    assertEvent(MossEvent.Type.PEER_JOINED, a, joined);
    assertEquals(address, joined.detail().get("addr"), "without a scheme, as the natives have it");
    assertEvent(MossEvent.Type.PEER_JOINED, b, takeEvent(a));
    assertNoEvent(a);
    assertNoEvent(b);
  }

  @Test
  void shouldTellThatAPeerLeftUnderTheAddressUnderWhichItCame() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    String from = String.valueOf(takeEvent(a).detail().get("addr"));
    b.node().stop();
    MossEvent left = takeEvent(a);
    assertEvent(MossEvent.Type.PEER_LEFT, b, left);
    assertEquals(from, left.detail().get("addr"));
    assertNoEvent(a);
  }

  /**
   * Who has the new session first replaces the old one and tells nothing. The other end may see the
   * old one end before it has the new one; the peer then left and came back.
   */
  @Test
  void shouldNotTellThatOneSessionTookTheOthersPlace() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    b.node().connect("udp://" + a.address());
    takeEvent(a);
    takeEvent(b);
    // In this era a session over TCP replaces one over UDP.
    b.node().connect(a.address());
    await("one is left", () -> a.node().info().peerCount() == 1);
    boolean quietAtA = isQuietOrTellsOfAReturn(a, b);
    boolean quietAtB = isQuietOrTellsOfAReturn(b, a);
    assertTrue(quietAtA || quietAtB, "one end has replaced the session");
  }

  private boolean isQuietOrTellsOfAReturn(TestNode node, TestNode about) throws Exception {
    MossEvent first = node.events().poll(150, TimeUnit.MILLISECONDS);
    if (first == null) {
      return true;
    }
    assertEvent(MossEvent.Type.PEER_LEFT, about, first);
    assertEvent(MossEvent.Type.PEER_JOINED, about, takeEvent(node));
    assertNoEvent(node);
    return false;
  }

  @Test
  void shouldTellNothingOfItsOwnStartAndStop() throws Exception {
    TestNode alone = nodes.started(plan());
    alone.node().stop();
    assertNoEvent(alone);
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    takeEvent(b);
    b.node().stop();
    assertNoEvent(b);
  }

  @Test
  void shouldTellNothingOfDialsThatFailedOrLedToItself() throws Exception {
    TestNode a = nodes.started(plan());
    a.node().connect(a.address());
    assertCode(-10, () -> a.node().connect("127.0.0.1:1"));
    assertNoEvent(a);
  }

  @Test
  void shouldTellOfAPeerThatComesBackEachTime() throws Exception {
    TestNodes.Plan plan = plan();
    TestNode a = nodes.started(plan());
    for (int i = 0; i < 3; i++) {
      TestNode b = nodes.started(plan);
      b.node().connect(a.address());
      assertEvent(MossEvent.Type.PEER_JOINED, b, takeEvent(a));
      b.node().stop();
      assertEvent(MossEvent.Type.PEER_LEFT, b, takeEvent(a));
    }
    assertNoEvent(a);
  }

  @Test
  void shouldNumberEventsAsTheNativesDo() {
    Map<MossEvent.Type, Integer> numbers =
        Map.of(
            MossEvent.Type.PEER_JOINED, 1,
            MossEvent.Type.PEER_LEFT, 2,
            MossEvent.Type.SUPERNODE_PROMOTED, 3,
            MossEvent.Type.SUPERNODE_REVOKED, 4,
            MossEvent.Type.TRACKER_ANNOUNCE, 5,
            MossEvent.Type.TRACKER_FAILURE, 6,
            MossEvent.Type.RELAY_MIGRATED, 7);
    assertEquals(MossEvent.Type.values().length, numbers.size());
    numbers.forEach((type, number) -> assertEquals(number, type.id()));
  }
}
