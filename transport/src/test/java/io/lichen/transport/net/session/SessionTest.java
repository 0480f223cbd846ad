// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.EventBatch;
import io.lichen.transport.net.Faults;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.PeerFeature;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session carries, between engines in virtual time. */
class SessionTest {
  private final long seed = Suite.seed();
  private final SimNet net = new SimNet(seed);
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L);
  private final SimNode bob = SimNode.of(net, 2, 0x2222_0000_0002L).started();

  @BeforeEach
  void connect() {
    alice.connected(bob);
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
  }

  @Test
  void shouldCarryMessagesOfSubprotocols() {
    assertEquals(SendVerdict.SENT, alice.with(bob).send(0x0A00, text("hello")));
    assertEquals(SendVerdict.SENT, bob.with(alice).send(0x0C00, text("")));
    net.run(10);

    assertEquals(List.of("hello"), bob.inbox().messages(0x0A00));
    assertEquals(List.of(""), alice.inbox().messages(0x0C00));
  }

  @Test
  void shouldRefuseWhatNoPacketHolds() {
    ByteBuf longest = Unpooled.buffer().writeZero(EventBatch.MAX_EVENT_BYTES);
    ByteBuf longer = Unpooled.buffer().writeZero(EventBatch.MAX_EVENT_BYTES + 1);

    assertEquals(SendVerdict.SENT, alice.with(bob).send(0x0A00, longest));
    assertEquals(SendVerdict.TOO_LARGE, alice.with(bob).send(0x0A00, longer));
    assertEquals(0, longest.refCnt() + longer.refCnt());
    ByteBuf event = text("");
    assertThrows(IllegalArgumentException.class, () -> alice.with(bob).send(0, event));
    net.run(10);
    assertEquals(EventBatch.MAX_EVENT_BYTES, bob.inbox().messages(0x0A00).getFirst().length());
  }

  @Test
  void shouldHoldStreamsBackWhileTheSocketIsFull() {
    NetStream stream = alice.with(bob).stream(7, StreamOptions.ofReliable());
    alice.writable(false);
    for (int i = 0; i < 100; i++) {
      assertEquals(SendVerdict.SENT, stream.send(new byte[1000]));
    }
    alice.with(bob).sendHeartbeat();
    net.run(200);
    assertEquals(0, bob.inbox().events.size());
    assertEquals(1, bob.inbox().heartbeats, "what must leave leaves");

    alice.writable(true);
    assertTrue(net.runUntil(() -> bob.inbox().events.size() == 100, 1000));
  }

  @Test
  void shouldTellOfHeartbeats() {
    alice.with(bob).sendHeartbeat();
    bob.with(alice).sendHeartbeat();
    net.run(10);

    assertEquals(1, alice.inbox().heartbeats);
    assertEquals(1, bob.inbox().heartbeats);
  }

  @Test
  void shouldTellAPeerItsAddress() {
    alice.with(bob).send(0x0D00, text(""));
    net.run(10);

    assertEquals(1, alice.inbox().messages(0x0D00).size());
    String answer = alice.inbox().messages(0x0D00).getFirst();
    assertEquals("\u0004\n\u0000\u0000\u0001" + "\0".repeat(12) + "#(", answer);
  }

  @Test
  void shouldDeliverReliableEventsOnceAndInOrderOverABadLink() {
    net.faults(Faults.losing(20, 1));
    List<String> sent = IntStream.range(0, 2000).mapToObj(i -> "event " + i).toList();
    NetStream there = stream(alice, bob, 7, StreamOptions.ofReliable());
    NetStream back = stream(bob, alice, 7, StreamOptions.ofReliable());
    sendAll(there, sent);
    sendAll(back, sent);
    boolean done = net.runUntil(() -> there.isIdle() && back.isIdle(), 600_000);

    assertTrue(done, "seed " + seed);
    assertEquals(sent, bob.inbox().events, "seed " + seed);
    assertEquals(sent, alice.inbox().events, "seed " + seed);
    assertTrue(there.stats().packetsRepeated() > 0, "seed " + seed);
  }

  @Test
  void shouldPackEventsOfManyCallsIntoFewPackets() {
    NetStream stream = stream(alice, bob, 7, StreamOptions.ofFireAndForget());
    for (int i = 0; i < 1000; i++) {
      assertEquals(SendVerdict.SENT, stream.send(new byte[16]));
    }
    net.run(100);

    assertEquals(1000, bob.inbox().events.size());
    assertEquals(3, bob.inbox().channels.size());
  }

  @Test
  void shouldShareTheSocketBetweenStreams() {
    List<NetStream> streams = new ArrayList<>();
    StreamOptions failing =
        StreamOptions.ofFireAndForget()
            .withWindowBytes(0)
            .withWhenFull(StreamOptions.WhenFull.FAIL);
    for (int i = 0; i < 3; i++) {
      streams.add(stream(alice, bob, 100 + i, failing));
    }
    // The first has 20 packets waiting when the others get their one.
    for (int i = 0; i < 20; i++) {
      streams.get(0).send("0".repeat(8000).getBytes(StandardCharsets.UTF_8));
    }
    streams.get(1).send(new byte[] {'1'});
    streams.get(2).send(new byte[] {'2'});
    net.run(10);

    assertEquals(22, bob.inbox().events.size());
    assertTrue(bob.inbox().events.indexOf("1") <= 8, "" + bob.inbox().events.indexOf("1"));
    assertTrue(bob.inbox().events.indexOf("2") <= 9);
  }

  @Test
  void shouldSayWhenThereIsNoRoom() {
    StreamOptions options = StreamOptions.ofReliable().withWhenFull(StreamOptions.WhenFull.FAIL);
    NetStream stream = stream(alice, bob, 7, options);
    net.tap((from, to, datagram) -> null);
    int taken = 0;
    while (stream.send(new byte[8000]) == SendVerdict.SENT) {
      taken++;
      net.run(1);
    }
    // The window, one packet that it refused, and the queue.
    assertTrue(taken >= 8 + OutboundQueue.MAX_BYTES / 8004 && taken <= 9 + 33, "taken " + taken);
    net.tap((from, to, datagram) -> datagram);
    assertTrue(net.runUntil(stream::isIdle, 60_000));

    assertEquals(taken, bob.inbox().events.size());
  }

  @Test
  void shouldNotWaitForRoomOnTheLoopThatMakesIt() {
    NetStream blocking = stream(alice, bob, 7, StreamOptions.ofReliable());
    long startNs = System.nanoTime();
    while (blocking.send(new byte[8000]) == SendVerdict.SENT) {
      assertTrue(blocking.stats().queuedBytes() <= OutboundQueue.MAX_BYTES);
    }

    assertEquals(SendVerdict.FULL, blocking.send(new byte[8000]));
    assertTrue(System.nanoTime() - startNs < StreamOptions.ofReliable().maxWait().toNanos());
  }

  @Test
  void shouldSlowASenderDownWhoseEventsAreNotConsumed() {
    bob.inbox().holds = true;
    StreamOptions options = StreamOptions.ofReliable().withWhenFull(StreamOptions.WhenFull.FAIL);
    NetStream stream = stream(alice, bob, 7, options);
    while (stream.send(new byte[8000]) == SendVerdict.SENT) {
      net.run(1);
    }
    net.run(1000);
    int before = bob.inbox().events.size();
    assertEquals(8, before);
    assertEquals(8 * (8004 + 84), bob.inbox().held);

    bob.inbox().holds = false;
    bob.with(alice).release(7, bob.inbox().held);
    assertTrue(net.runUntil(stream::isIdle, 60_000));
    assertTrue(bob.inbox().events.size() > 30);
    assertEquals(0, stream.stats().packetsRepeated());
  }

  @Test
  void shouldPublishOneBatchToMany() {
    SimNode carol = SimNode.of(net, 3, 0x3333_0000_0003L).started();
    alice.connected(carol);
    EventBatch batch = EventBatch.of(List.of("a".getBytes(StandardCharsets.UTF_8), new byte[0]));
    for (SimNode peer : List.of(bob, carol)) {
      NetStream stream = stream(alice, peer, 99, StreamOptions.ofReliable());
      assertEquals(SendVerdict.SENT, stream.publish(true, 0xF93E, 42, batch));
    }
    batch.close();
    net.run(100);

    for (SimNode peer : List.of(bob, carol)) {
      assertEquals(List.of("a", ""), peer.inbox().events);
      assertEquals(List.of(42L), peer.inbox().channels);
    }
    assertEquals(0, batch.frames().refCnt());
    carol.close();
  }

  @Test
  void shouldRepeatWhatIsPublishedReliablyAndAllThatFollows() {
    NetStream stream = stream(alice, bob, 99, StreamOptions.ofFireAndForget());
    net.tap((from, to, datagram) -> to.equals(bob.address()) ? null : datagram);
    publish(stream, false, "lost");
    net.run(10);
    publish(stream, true, "a");
    publish(stream, false, "b");
    net.run(10);
    assertEquals(List.of(), bob.inbox().events);
    net.tap((from, to, datagram) -> datagram);
    assertTrue(net.runUntil(stream::isIdle, 60_000), "seed " + seed);

    assertEquals(List.of("a", "b"), bob.inbox().events);
  }

  private static void publish(NetStream stream, boolean reliable, String event) {
    try (EventBatch batch = EventBatch.of(List.of(event.getBytes(StandardCharsets.UTF_8)))) {
      assertEquals(SendVerdict.SENT, stream.publish(reliable, 0xF93E, 42, batch));
    }
  }

  @Test
  void shouldSendLongEventsToWhoeverCanTakeThem() {
    NetStream stream = stream(alice, bob, 7, StreamOptions.ofReliable());
    byte[] longest = "x".repeat(64_832).getBytes(StandardCharsets.UTF_8);
    assertEquals(8104, stream.maxEventBytes());
    assertEquals(SendVerdict.TOO_LARGE, stream.send(new byte[8105]));

    alice.with(bob).peerSupports(Set.of(PeerFeature.FRAGMENTS));
    assertEquals(64_832, stream.maxEventBytes());
    assertEquals(SendVerdict.SENT, stream.send(longest));
    assertEquals(SendVerdict.SENT, stream.send(new byte[] {'y'}));
    assertEquals(SendVerdict.TOO_LARGE, stream.send(new byte[64_833]));
    assertTrue(net.runUntil(stream::isIdle, 10_000));
    assertEquals(2, bob.inbox().events.size());
    assertEquals(64_832, bob.inbox().events.getFirst().length());
    assertEquals("y", bob.inbox().events.getLast());
  }

  @Test
  void shouldRefuseALongEventThatTheWindowNeverAdmits() {
    alice.with(bob).peerSupports(Set.of(PeerFeature.FRAGMENTS));
    NetStream small = stream(alice, bob, 7, StreamOptions.ofReliable().withWindowBytes(20_000));

    assertEquals(SendVerdict.SENT, small.send(new byte[19_700]));
    assertEquals(SendVerdict.TOO_LARGE, small.send(new byte[19_800]));
  }

  @Test
  void shouldEndOnceAndTakeNothingAfterwards() {
    PacketSession session = alice.with(bob);
    NetStream stream = stream(alice, bob, 7, StreamOptions.ofReliable());
    stream.send(new byte[10]);
    session.close();
    session.close();
    net.run(10);

    assertEquals(List.of(SessionEnd.CLOSED), alice.inbox().ends);
    assertFalse(session.isOpen());
    assertEquals(0, alice.endpoint().sessions().size());
    assertFalse(alice.endpoint().sessions().isPeer(bob.address()));
    assertEquals(SendVerdict.CLOSED, stream.send(new byte[1]));
    assertEquals(SendVerdict.CLOSED, session.send(1, text("")));
    assertEquals(SendVerdict.CLOSED, session.sendHeartbeat());
    NetStream later = session.stream(8, StreamOptions.ofReliable());
    assertEquals(SendVerdict.CLOSED, later.send(new byte[1]));
    bob.with(alice).sendHeartbeat();
    net.run(10);
    assertEquals(1, alice.drops(DropReason.UNKNOWN_SESSION));
  }

  @Test
  void shouldSurviveAListenerThatThrows() {
    bob.inbox().fails = true;
    alice.with(bob).send(0x0A00, text("a"));
    net.run(10);
    bob.inbox().fails = false;
    alice.with(bob).send(0x0A00, text("b"));
    net.run(10);

    assertEquals(1, bob.drops(DropReason.LISTENER_FAILED));
    assertEquals(List.of("b"), bob.inbox().messages(0x0A00));
  }

  @Test
  void shouldBringPingwavesFromAnybody() {
    byte[] wave = new byte[72];
    net.send(SimNode.address(99), bob.address(), wave);
    net.run(10);

    assertEquals(1, bob.inbox().pingwaves.size());
  }

  private static NetStream stream(SimNode from, SimNode to, long id, StreamOptions options) {
    return from.with(to).stream(id, options);
  }

  /** As a sender that waits for room would. */
  private void sendAll(NetStream stream, List<String> events) {
    int next = 0;
    while (next < events.size()) {
      byte[] event = events.get(next).getBytes(StandardCharsets.UTF_8);
      if (stream.send(event) == SendVerdict.SENT) {
        next++;
      }
      if (next % 50 == 0) {
        net.run(1);
      }
    }
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }
}
