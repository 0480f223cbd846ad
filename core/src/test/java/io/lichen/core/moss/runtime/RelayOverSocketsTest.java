// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.RelayedData;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.MossTransport;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that cannot dial each other, a third that carries them, and what others do with it. */
final class RelayOverSocketsTest {
  private static final String QUICK = "\"gossipsub\":{\"heartbeat_ms\":100}";

  private final GatedTransport network = new GatedTransport();
  private final TestNodes nodes = new TestNodes(network);
  private final Identity relayIdentity = Identity.generate(new SecureRandom());
  private final TestNode relay = nodes.started(plan().identity(relayIdentity).config(QUICK));

  @AfterEach
  void close() {
    nodes.close();
  }

  /** A node behind something, connected to the relay, of which it knows that it is one. */
  private TestNode end() throws InterruptedException {
    return end(QUICK);
  }

  private TestNode end(String config) throws InterruptedException {
    return end(config, Identity.generate(new SecureRandom()));
  }

  private TestNode end(String config, Identity identity) throws InterruptedException {
    TestNode end = nodes.started(plan().identity(identity).config(config));
    network.shut(end.node().info().listenPort());
    PeerId told;
    try (RawPeer teller = new RawPeer(MossTransport::open, end)) {
      teller.send(RawPeer.status(relayIdentity, EnvelopeType.SUPERNODE_ANNOUNCE, relay.address()));
      await("the relay is known", () -> end.node().info().relayCapablePeerCount() == 1);
      told = teller.identity.peerId();
    }
    // The end may have dialled the relay by itself in the meantime.
    await("the teller is gone", () -> !hasPeer(end, told));
    end.events().clear();
    end.node().connect(relay.address());
    return end;
  }

  private static boolean hasPeer(TestNode node, PeerId peer) {
    return node.node().peers().stream().anyMatch(each -> each.id().equals(peer));
  }

  private static void awaitKnown(TestNode knower, TestNode known) {
    String about = known.node().id().hex().substring(0, 8);
    await(
        "one end knows of the other",
        () -> knower.node().info().knownPeers().stream().anyMatch(l -> l.startsWith(about)));
  }

  private static BlockingQueue<RelayedData> relayed(TestNode node) {
    BlockingQueue<RelayedData> queue = new LinkedBlockingQueue<>();
    node.node().onRelay(queue::add);
    return queue;
  }

  private static RelayedData take(BlockingQueue<RelayedData> queue) throws InterruptedException {
    RelayedData data = queue.poll(20, TimeUnit.SECONDS);
    assertNotNull(data, "relayed data should have come");
    return data;
  }

  private static boolean isRelayedTo(TestNode from, TestNode to) {
    return from.node().info().peerDetails().stream()
        .anyMatch(detail -> detail.id().equals(to.node().id().hex()) && detail.relayed());
  }

  private record Pair(TestNode a, TestNode b) {}

  private Pair pair() throws InterruptedException {
    return pair(end(), end());
  }

  private Pair pair(TestNode a, TestNode b) {
    awaitKnown(a, b);
    awaitKnown(b, a);
    b.events().clear();
    assertTrue(a.node().relaySendTo(b.node().id(), "hello".getBytes(UTF_8)), "sealed");
    await("they are peers", () -> isRelayedTo(a, b) && isRelayedTo(b, a));
    return new Pair(a, b);
  }

  @Test
  void shouldSealWhatGoesToALichenNodeAndProveItsSender() throws Exception {
    TestNode a = end();
    TestNode b = end();
    BlockingQueue<RelayedData> atB = relayed(b);
    BlockingQueue<RelayedData> atA = relayed(a);
    pair(a, b);
    RelayedData came = take(atB);
    assertEquals(a.node().id(), came.sender());
    assertArrayEquals("hello".getBytes(UTF_8), came.data());
    assertTrue(came.sealed());
    assertTrue(b.node().relaySendAsync(a.node().id(), new byte[30_000], true).get());
    came = take(atA);
    assertEquals(30_000, came.data().length);
    assertTrue(came.sealed());
    assertEquals(1, relay.node().info().relayRouteCount());
    assertEquals(1, a.node().info().relaySessionCount());
  }

  @Test
  void shouldMakePeersOfNodesThatCannotDialEachOther() throws Exception {
    Pair pair = pair();
    MossEvent joined = pair.b().events().poll(20, TimeUnit.SECONDS);
    while (joined != null && !pair.a().node().id().hex().equals(joined.detail().get("peer"))) {
      joined = pair.b().events().poll(20, TimeUnit.SECONDS);
    }
    assertNotNull(joined);
    assertEquals("relay:" + relay.node().id().hex(), joined.detail().get("addr"));
    pair.a().node().subscribe("x");
    pair.b().node().subscribe("x");
    await("both are on it", () -> reaches(pair) && reaches(new Pair(pair.b(), pair.a())));
    pair.a().messages().clear();
    pair.b().messages().clear();
    for (int i = 0; i < 20; i++) {
      String text = "message " + i;
      pair.a().node().publish("x", text.getBytes(UTF_8));
      await("it has come", () -> texts(pair.b()).contains(text));
      pair.b().node().publish("x", ("answer to " + text).getBytes(UTF_8));
    }
    await("both got theirs", () -> count(pair.a()) == 40 && count(pair.b()) == 40);
  }

  private static long count(TestNode node) {
    return texts(node).stream().filter(text -> text.contains("message")).distinct().count();
  }

  private static List<String> texts(TestNode node) {
    return node.messages().stream().map(m -> new String(m.data(), UTF_8)).toList();
  }

  @Test
  void shouldLoseAndDoubleNothingOnTheWayFromTheRelayToADirectPath() throws Exception {
    Pair pair = pair();
    pair.b().node().subscribe("x");
    Map<String, Integer> got = new ConcurrentHashMap<>();
    // Of the probes, which are all alike, some may come late.
    pair.b().node().onMessage(m -> count(got, new String(m.data(), UTF_8)));
    await("it is subscribed", () -> reaches(pair));
    pair.b().events().clear();
    network.openAll();
    int sent = 0;
    while (pair.a().figure("relay.migrated") == 0 && pair.b().figure("relay.migrated") == 0) {
      pair.a().node().publish("x", ("m" + sent++).getBytes(UTF_8));
      if (sent == 200) {
        pair.a().node().connect(pair.b().address());
      }
      TestNodes.pause(1);
      assertTrue(sent < 60_000, "the session should have migrated");
    }
    int all = sent;
    await("nothing is lost", () -> got.size() == all);
    assertTrue(got.values().stream().allMatch(count -> count == 1), () -> "doubled: " + got);
    assertFalse(isRelayedTo(pair.a(), pair.b()));
    await("the relay carries nothing", () -> relay.node().info().relayRouteCount() == 0);
    List<MossEvent> news =
        pair.b().events().stream()
            .filter(event -> pair.a().node().id().hex().equals(event.detail().get("peer")))
            .filter(event -> event.type() != MossEvent.Type.RELAY_MIGRATED)
            .toList();
    assertEquals(List.of(), news, "it had joined before, and never left");
  }

  private static void count(Map<String, Integer> got, String text) {
    if (text.startsWith("m")) {
      got.merge(text, 1, Integer::sum);
    }
  }

  private static boolean reaches(Pair pair) {
    try {
      return pair.a().node().publish("x", "probe".getBytes(UTF_8)).peers() > 0;
    } catch (MossException e) {
      assertEquals(MossError.NO_PEERS, e.error());
      return false;
    }
  }

  @Test
  void shouldLoseThePeerWhenTheRelayGoesAway() throws Exception {
    Pair pair = pair();
    relay.node().stop();
    await("they are apart", () -> pair.a().node().info().peerCount() == 0);
    assertEquals(0, pair.a().node().info().relaySessionCount());
    MossException refused =
        assertThrows(
            MossException.class,
            () -> pair.a().node().relaySendTo(pair.b().node().id(), new byte[1]));
    assertEquals(MossError.RELAY_FAILED, refused.error());
  }

  /** Nobody redials them but who looks for peers, and no direct path is waited for. */
  @Test
  void shouldMeetAgainAsSoonAsTheRelayIsBack() throws Exception {
    Pair pair = pair();
    TestNode current = relay;
    double shortest = Double.MAX_VALUE;
    // Whoever waits for the redials of peers that were reached without a relay waits each time.
    for (int i = 0; i < 3 && shortest >= 5; i++) {
      long metNs = System.nanoTime();
      await("a session that counts as one", () -> System.nanoTime() - metNs > 2_500_000_000L);
      int port = current.node().info().listenPort();
      current.node().stop();
      await("they are apart", () -> pair.a().node().info().peerCount() == 0);
      long apartNs = System.nanoTime();
      current = nodes.started(plan().identity(relayIdentity).config(QUICK).port(port));
      await(
          "they are peers again",
          () -> isRelayedTo(pair.a(), pair.b()) && isRelayedTo(pair.b(), pair.a()));
      shortest = Math.min(shortest, (System.nanoTime() - apartNs) / 1e9);
    }
    assertTrue(shortest < 5, shortest + " s");
  }

  /** Nobody tells an end of a relayed session that the other has gone, and come again. */
  @Test
  void shouldTellAPeerThatHasBegunAnewWhatItTellsNewOnes() throws Exception {
    Identity identity = Identity.generate(new SecureRandom());
    TestNode a = end();
    TestNode b = end(QUICK, identity);
    pair(a, b);
    a.node().subscribe("x");
    b.node().stop();
    long stoppedNs = System.nanoTime();
    TestNode again = end(QUICK, identity);
    awaitKnown(again, a);
    await("nothing came for a while", () -> System.nanoTime() - stoppedNs > 2_500_000_000L);
    assertTrue(isRelayedTo(a, again), "it was not missed yet");
    again.node().relaySendTo(a.node().id(), "hello".getBytes(UTF_8));
    long beganNs = System.nanoTime();
    await("it knows who is on x", () -> reaches(new Pair(again, a)));
    assertTrue(System.nanoTime() - beganNs < 8_000_000_000L, "before the former was missed");
  }

  @Test
  void shouldSendAndTakeRawDataWithWhomHasNoKey() throws Exception {
    TestNode a = end();
    BlockingQueue<RelayedData> atA = relayed(a);
    try (RawPeer raw = new RawPeer(MossTransport::open, relay).joined(relay)) {
      var sent = a.node().relaySendAsync(raw.identity.peerId(), "plain".getBytes(UTF_8), false);
      Envelope request = raw.next(EnvelopeType.RELAY_REQUEST);
      assertTrue(Announcements.verify(request));
      raw.send(answer(raw, request, EnvelopeType.RELAY_ACCEPT, ""));
      assertFalse(sent.get(), "not sealed");
      Envelope data = raw.next(EnvelopeType.RELAY_DATA);
      assertEquals("plain", new String(data.payload(), UTF_8));
      raw.send(answer(raw, request, EnvelopeType.RELAY_DATA, "made up"));
      RelayedData came = take(atA);
      assertFalse(came.sealed());
      assertEquals("made up", new String(came.data(), UTF_8));
      var sealed = a.node().relaySendAsync(raw.identity.peerId(), new byte[1], true);
      ExecutionException failed = assertThrows(ExecutionException.class, sealed::get);
      assertEquals(
          MossError.RELAY_FAILED, assertInstanceOf(MossException.class, failed.getCause()).error());
      raw.send(answer(raw, request, EnvelopeType.RELAY_CLOSE, ""));
      await("the session is over", () -> a.node().info().relaySessionCount() == 0);
    }
  }

  private static Envelope answer(RawPeer raw, Envelope request, EnvelopeType type, String data) {
    Envelope answer =
        Envelope.of(type)
            .relaySession(request.relaySession())
            .relaySource(raw.identity.peerId().hex())
            .relayTarget(request.relaySource())
            .payload(data.getBytes(UTF_8))
            .build();
    return type == EnvelopeType.RELAY_ACCEPT ? Announcements.sign(answer, raw.identity) : answer;
  }
}
