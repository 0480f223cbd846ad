// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossPeer;
import io.lichen.core.moss.MossSubscription;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.MossTransport;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Those who listen to a node besides its application, and what they are told of its peers. */
final class ListenerTest {
  private final TestNodes nodes = new TestNodes(MossTransport::open);
  private final LinkedBlockingQueue<MossMessage> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void shouldGiveAListenerWhatItsChannelBringsAndTheCallbackNothing() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    MossSubscription listening = a.node().listen("news", heard::add);
    b.node().connect(a.address());
    b.node().publish("news", new byte[] {7});
    MossMessage message = heard.poll(20, TimeUnit.SECONDS);
    assertNotNull(message);
    assertEquals(b.node().id(), message.sender());
    assertArrayEquals(new byte[] {7}, message.data());
    assertTrue(a.messages().isEmpty(), "the application did not subscribe");
    assertEquals(List.of("news"), a.node().info().channels());
    listening.close();
    listening.close();
    assertEquals(List.of(), a.node().info().channels());
  }

  @Test
  void shouldKeepTheSubscriptionsOfListenersAndApplicationApart() throws Exception {
    TestNode a = nodes.started(plan());
    a.node().subscribe("news");
    MossSubscription first = a.node().listen("news", heard::add);
    MossSubscription second = a.node().listen("news", heard::add);
    a.node().unsubscribe("news");
    publishToSelf(a);
    assertNotNull(heard.poll(20, TimeUnit.SECONDS));
    assertNotNull(heard.poll(20, TimeUnit.SECONDS), "each call is a subscription");
    a.node().subscribe("news");
    first.close();
    second.close();
    publishToSelf(a);
    assertNotNull(a.messages().poll(20, TimeUnit.SECONDS));
    assertTrue(heard.isEmpty());
  }

  @Test
  void shouldSubscribeAtTheStartForAListenerThatCameBefore() throws Exception {
    TestNode a = nodes.made(plan());
    a.node().listen("early", heard::add);
    a.node().start();
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    b.node().publish("early", new byte[1]);
    assertNotNull(heard.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldTellListenersOfEventsUntilTheyAreClosed() throws Exception {
    LinkedBlockingQueue<MossEvent> events = new LinkedBlockingQueue<>();
    TestNode a = nodes.started(plan());
    MossSubscription listening = a.node().listenToEvents(events::add);
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    MossEvent event = events.poll(20, TimeUnit.SECONDS);
    assertNotNull(event);
    assertEquals(MossEvent.Type.PEER_JOINED, event.type());
    assertNotNull(a.events().poll(20, TimeUnit.SECONDS), "the callback is told as before");
    listening.close();
    b.node().stop();
    assertNotNull(a.events().poll(20, TimeUnit.SECONDS));
    assertTrue(events.isEmpty());
  }

  @Test
  void shouldTellOfConnectedPeers() {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    assertEquals(List.of(), a.node().peers());
    b.node().connect(a.address());
    await("a has a peer", () -> !a.node().peers().isEmpty());
    MossPeer peer = a.node().peers().getFirst();
    assertEquals(b.node().id(), peer.id());
    assertEquals(Carrier.TCP, peer.carrier());
    assertFalse(peer.isRelayed() || peer.outbound());
    assertTrue(b.node().peers().getFirst().outbound());
    assertTrue(peer.score() >= 0 && peer.bytesIn() >= 0 && !peer.age().isNegative());
  }

  private static void publishToSelf(TestNode node) {
    assertFalse(reaches(node, "news"), "nobody else is there");
  }

  private static boolean reaches(TestNode node, String channel) {
    try {
      node.node().publish(channel, new byte[1]);
      return true;
    } catch (MossException e) {
      return false;
    }
  }
}
