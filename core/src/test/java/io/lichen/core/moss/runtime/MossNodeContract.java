// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.awaitTargets;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.moss.MeshInfo;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.PublishReceipt;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.transport.moss.Era;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node does, whatever carries its sessions. */
abstract class MossNodeContract extends ExchangeContract {
  @ParameterizedTest
  @CsvSource({"A,false", "A,true", "C,false", "C,true"})
  void shouldExchangeMessagesBothWays(Era era, boolean udp) throws Exception {
    TestNode a = nodes.started(plan().era(era));
    TestNode b = nodes.started(plan().era(era));
    a.node().subscribe("chat");
    b.node().subscribe("chat");
    b.node().connect((udp ? "udp://" : "") + a.address());
    PublishReceipt receipt = b.node().publish("chat", "hello".getBytes(UTF_8));
    assertEquals(1, receipt.peers());
    assertEquals(64, receipt.messageId().length());
    MossMessage got = take(a);
    assertEquals("chat", got.channel());
    assertEquals(b.node().id(), got.sender());
    assertArrayEquals("hello".getBytes(UTF_8), got.data());
    a.node().publish("chat", "back".getBytes(UTF_8));
    List<String> texts = new ArrayList<>();
    texts.add(new String(take(b).data(), UTF_8));
    texts.add(new String(take(b).data(), UTF_8));
    assertEquals(List.of("hello", "back"), texts, "the own one and the other's");
  }

  @Test
  void shouldPublishRightAfterConnecting() {
    TestNode a = nodes.started(plan());
    a.node().subscribe("a");
    for (int i = 0; i < 20; i++) {
      TestNode b = nodes.started(plan());
      b.node().connect(a.address());
      assertEquals(1, b.node().publish("a", new byte[] {1}).peers());
      b.node().close();
    }
  }

  @Test
  void shouldDeliverPayloadsOfAnyBytesAndSizes() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    a.node().subscribe("a");
    b.node().connect(a.address());
    for (int size : new int[] {0, 1, 1024, 60_000, 65_508}) {
      byte[] data = new byte[size];
      for (int i = 0; i < size; i++) {
        data[i] = (byte) (i * 31);
      }
      b.node().publish("a", data);
      assertArrayEquals(data, take(a).data());
    }
  }

  @Test
  void shouldKeepTheOrderOfOneSender() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    a.node().subscribe("a");
    b.node().connect(a.address());
    int count = 5000;
    for (int i = 0; i < count; i++) {
      b.node().publish("a", Integer.toString(i).getBytes(UTF_8));
    }
    for (int i = 0; i < count; i++) {
      assertEquals(Integer.toString(i), new String(take(a).data(), UTF_8));
    }
  }

  @Test
  void shouldForwardThroughAMiddleNode() throws Exception {
    // With one session each the ends cannot meet behind the middle's back.
    TestNode left = nodes.started(plan().config("\"max_peers\":1"));
    TestNode middle = nodes.started(plan());
    TestNode right = nodes.started(plan().config("\"max_peers\":1"));
    for (TestNode node : List.of(left, middle, right)) {
      node.node().subscribe("a");
    }
    left.node().connect(middle.address());
    right.node().connect(middle.address());
    awaitTargets(middle, "a", 2);
    left.messages().clear();
    for (int i = 0; i < 500; i++) {
      left.node().publish("a", ("m" + i).getBytes(UTF_8));
    }
    assertEveryMessageOnce(right, 500);
  }

  @Test
  void shouldDeliverExactlyOnceInATriangle() throws Exception {
    List<TestNode> all =
        List.of(nodes.started(plan()), nodes.started(plan()), nodes.started(plan()));
    for (TestNode node : all) {
      node.node().subscribe("a");
    }
    all.get(0).node().connect(all.get(1).address());
    all.get(1).node().connect(all.get(2).address());
    all.get(2).node().connect(all.get(0).address());
    for (TestNode node : all) {
      awaitTargets(node, "a", 2);
    }
    for (int i = 0; i < 200; i++) {
      all.get(0).node().publish("a", ("m" + i).getBytes(UTF_8));
    }
    for (TestNode node : all) {
      assertEveryMessageOnce(node, 200);
    }
  }

  /** Messages {@code m0…}; others, from the setting up, are left out. */
  private static void assertEveryMessageOnce(TestNode node, int count) throws Exception {
    Map<String, Integer> seen = new HashMap<>();
    while (seen.size() < count) {
      MossMessage message = take(node);
      if (message.data().length > 0) {
        seen.merge(new String(message.data(), UTF_8), 1, Integer::sum);
      }
    }
    TestNodes.pause(50);
    for (MossMessage late : node.messages()) {
      seen.merge(new String(late.data(), UTF_8), 1, Integer::sum);
    }
    for (int i = 0; i < count; i++) {
      assertEquals(1, seen.get("m" + i), "copies of m" + i);
    }
  }

  @Test
  void shouldAnswerWithTheCodesOfTheNativeApi() {
    TestNode made = nodes.made(plan());
    byte[] x = {'x'};
    assertCode(-3, () -> made.node().publish("a", x));
    assertCode(-4, () -> made.node().publish("", x));
    assertCode(-5, () -> made.node().publish("a", new byte[65_537]));
    assertCode(-4, () -> made.node().publish("", new byte[65_537]));
    made.node().subscribe("a");
    made.node().unsubscribe("a");
    made.node().unsubscribe("never");
    assertCode(-4, () -> made.node().subscribe(""));
    assertCode(-4, () -> made.node().subscribe("c".repeat(257)));
    assertCode(-3, () -> made.node().connect("127.0.0.1:1"));
    assertCode(-3, () -> made.node().stop());
    made.node().start();
    assertCode(-2, () -> made.node().start());
    assertCode(-6, () -> made.node().publish("a", x));
    made.node().subscribe("a");
    made.node().subscribe("a");
    assertCode(-6, () -> made.node().publish("a", x));
    assertCode(-6, () -> made.node().publish("a", new byte[0]));
    assertCode(-6, () -> made.node().publish("a", new byte[65_508]));
    assertCode(-5, () -> made.node().publish("a", new byte[65_509]));
    assertCode(-4, () -> made.node().unsubscribe(""));
    assertCode(-10, () -> made.node().connect(""));
    assertCode(-10, () -> made.node().connect("nonsense"));
    assertCode(-10, () -> made.node().connect("127.0.0.1:1"));
    assertCode(-10, () -> made.node().connect("no.such.host.invalid:1"));
    made.node().connect(made.address());
    made.node().connect("localhost:" + made.node().info().listenPort());
    made.node().stop();
    assertCode(-3, () -> made.node().stop());
    assertCode(-3, () -> made.node().publish("a", x));
    assertCode(-1, () -> made.node().start());
    assertCode(-1, () -> made.node().subscribe("a"));
    assertCode(-1, () -> made.node().joinRoom("another"));
    assertCode(-4, () -> made.node().subscribe(""));
    made.node().unsubscribe("a");
    made.node().close();
  }

  @Test
  void shouldAnswerConnectAgainWithSuccessAndNoPeersForAnotherChannel() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    b.node().subscribe("a");
    a.node().subscribe("a");
    b.node().connect(a.address());
    b.node().connect(a.address());
    assertEquals(1, b.node().publish("a", "hi".getBytes(UTF_8)).peers());
    assertCode(-6, () -> b.node().publish("other", "hi".getBytes(UTF_8)));
    String aId = a.node().id().hex();
    String aAddress = a.address();
    a.node().stop();
    MossEvent joined = takeEvent(b);
    assertEquals(MossEvent.Type.PEER_JOINED, joined.type());
    assertEquals(Map.of("addr", aAddress, "peer", aId), joined.detail());
    assertEquals(List.of("addr", "peer"), List.copyOf(joined.detail().keySet()));
    assertEquals(MossEvent.Type.PEER_LEFT, takeEvent(b).type());
    await(
        "nobody is left",
        () -> {
          try {
            b.node().publish("a", new byte[1]);
            return false;
          } catch (MossException e) {
            return e.error() == MossError.NO_PEERS;
          }
        });
  }

  @Test
  void shouldDeliverToItselfAlsoWhenNobodyElseIsThere() throws Exception {
    TestNode a = nodes.started(plan());
    a.node().subscribe("a");
    assertCode(-6, () -> a.node().publish("a", "own".getBytes(UTF_8)));
    MossMessage own = take(a);
    assertEquals("own", new String(own.data(), UTF_8));
    assertEquals(a.node().id(), own.sender());
  }

  @Test
  void shouldDeliverNothingAfterUnsubscribing() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    a.node().subscribe("a");
    a.node().subscribe("b");
    b.node().connect(a.address());
    b.node().publish("a", "first".getBytes(UTF_8));
    assertEquals("first", new String(take(a).data(), UTF_8));
    a.node().unsubscribe("a");
    // The publisher may go on for a while: on this wire a PRUNE does not say that nobody listens.
    b.node().publishAsync("a", "unwanted".getBytes(UTF_8)).handle((receipt, e) -> 0).join();
    b.node().publish("b", "other".getBytes(UTF_8));
    assertEquals("other", new String(take(a).data(), UTF_8));
    assertNull(a.messages().poll(100, TimeUnit.MILLISECONDS));
    a.node().subscribe("a");
    awaitTargets(b, "a", 1);
    b.node().publish("a", "wanted again".getBytes(UTF_8));
    String text = "";
    while (!text.equals("wanted again")) {
      // What it missed may be offered to it from now on.
      text = new String(take(a).data(), UTF_8);
    }
  }

  @Test
  void shouldNotUnderstandARoomWithAnotherKey() throws Exception {
    TestNode a = nodes.started(plan().psk(1));
    TestNode b = nodes.started(plan().psk(2));
    TestNode c = nodes.started(plan().psk(1));
    for (TestNode node : List.of(a, b, c)) {
      node.node().subscribe("a");
    }
    b.node().connect(a.address());
    c.node().connect(a.address());
    await("all are connected", () -> a.node().info().peerCount() == 2);
    c.node().publish("a", "secret".getBytes(UTF_8));
    assertEquals("secret", new String(take(a).data(), UTF_8));
    assertNull(b.messages().poll(100, TimeUnit.MILLISECONDS));
    assertCode(-6, () -> b.node().publish("a", new byte[1]));
  }

  @Test
  void shouldReportItsState() {
    TestNode a = nodes.made(plan());
    a.node().subscribe("x");
    MeshInfo idle = a.node().info();
    assertEquals(0, idle.listenPort());
    assertEquals(List.of("x"), idle.channels());
    a.node().start();
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    MeshInfo info = b.node().info();
    assertEquals("room", info.meshId());
    assertEquals(1, info.peerCount());
    assertEquals(List.of(a.address()), info.peers());
    assertEquals(
        List.of(new MeshInfo.PeerDetail(a.node().id().hex(), a.address(), false)),
        info.peerDetails());
    assertEquals(
        List.of(a.node().id().hex().substring(0, 8) + "@" + a.address() + "[direct]"),
        info.knownPeers());
    assertEquals(b.node().id().hex(), info.publicKey());
    assertEquals("restricted_cone", info.natType());
    assertEquals(List.of(), info.channels());
    await("both know", () -> a.node().info().peerCount() == 1);
  }

  @Test
  void shouldPublishAsynchronouslyInOrder() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    a.node().subscribe("a");
    b.node().connect(a.address());
    List<CompletableFuture<PublishReceipt>> futures = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      futures.add(b.node().publishAsync("a", ("m" + i).getBytes(UTF_8)));
    }
    b.node().publish("a", "last".getBytes(UTF_8));
    for (CompletableFuture<PublishReceipt> future : futures) {
      assertEquals(1, future.get(20, TimeUnit.SECONDS).peers());
    }
    for (int i = 0; i < 1000; i++) {
      assertEquals("m" + i, new String(take(a).data(), UTF_8));
    }
    assertEquals("last", new String(take(a).data(), UTF_8));
    CompletionException refused =
        assertThrows(
            CompletionException.class, () -> b.node().publishAsync("", new byte[1]).join());
    MossException cause = assertInstanceOf(MossException.class, refused.getCause());
    assertEquals(MossError.INVALID_CHANNEL, cause.error());
  }

  @Test
  void shouldConnectToStaticPeersAndComeBackToThem() throws Exception {
    TestNodes.Plan plan = plan();
    TestNode a = nodes.started(plan);
    int port = a.node().info().listenPort();
    a.node().subscribe("a");
    TestNode b = nodes.started(plan().staticPeer(a.address()));
    b.node().subscribe("a");
    await("connected", () -> b.node().info().peerCount() == 1);
    a.node().close();
    await("lost", () -> b.node().info().peerCount() == 0);
    TestNode again = nodes.started(plan().port(port).identity(plan.identity));
    again.node().subscribe("a");
    await("back", () -> b.node().info().peerCount() == 1);
    awaitTargets(b, "a", 1);
    assertEquals(0, take(again).data().length);
  }

  @Test
  void shouldComeBackToWhateverItOnceConnectedTo() {
    TestNodes.Plan plan = plan();
    TestNode a = nodes.started(plan);
    int port = a.node().info().listenPort();
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    a.node().close();
    await("lost", () -> b.node().info().peerCount() == 0);
    nodes.started(plan().port(port).identity(plan.identity));
    await("back", () -> b.node().info().peerCount() == 1);
  }

  @Test
  void shouldFlushWhatWasPublishedBeforeItStops() throws Exception {
    TestNode a = nodes.started(plan());
    a.node().subscribe("a");
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    for (int i = 0; i < 300; i++) {
      b.node().publish("a", new byte[20_000]);
    }
    b.node().stop();
    for (int i = 0; i < 300; i++) {
      assertEquals(20_000, take(a).data().length);
    }
  }

  @Test
  void shouldNotLetUsersChangeMessagesOnTheirWay() throws Exception {
    TestNode a = nodes.started(plan().era(Era.A));
    TestNode b = nodes.started(plan().era(Era.A));
    a.node().subscribe("a");
    b.node().subscribe("a");
    b.node().onMessage(message -> Arrays.fill(message.data(), (byte) 9));
    b.node().connect(a.address());
    byte[] data = {1, 2, 3};
    b.node().publish("a", data);
    Arrays.fill(data, (byte) 7);
    assertArrayEquals(new byte[] {1, 2, 3}, take(a).data());
  }

  @Test
  void shouldAgreeOnOneSessionWhenBothDialAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      TestNode a = nodes.started(plan());
      TestNode b = nodes.started(plan());
      a.node().subscribe("a");
      b.node().subscribe("a");
      CompletableFuture<Void> there = a.node().connectAsync(b.address());
      CompletableFuture<Void> back = b.node().connectAsync(a.address());
      there.get(20, TimeUnit.SECONDS);
      back.get(20, TimeUnit.SECONDS);
      await("b hears a", () -> hears(b, a, "to b"));
      await("a hears b", () -> hears(a, b, "to a"));
      assertEquals(1, a.node().info().peerCount());
      assertEquals(1, b.node().info().peerCount());
      a.node().close();
      b.node().close();
    }
  }

  /** One session may still be taking the other's place, and the peer say its topics again. */
  private static boolean hears(TestNode node, TestNode speaker, String text) {
    try {
      speaker.node().publish("a", text.getBytes(UTF_8));
    } catch (MossException e) {
      assertEquals(MossError.NO_PEERS, e.error());
    }
    return node.messages().stream().anyMatch(m -> new String(m.data(), UTF_8).equals(text));
  }
}
