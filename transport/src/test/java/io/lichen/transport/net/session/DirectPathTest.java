// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.Faults;
import io.lichen.transport.net.NetDial.Way;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.PeerFeature;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alice and bob with a relay between them, until they find each other. Alice has the lower id. */
class DirectPathTest {
  private static final Set<PeerFeature> KNOWS = Set.of(PeerFeature.DIRECT_PATHS);

  private final SimNet net = new SimNet(Suite.seed());
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L).started();
  private final SimNode relay = SimNode.of(net, 2, 0x2222_0000_0002L).started();
  private SimNode bob = SimNode.of(net, 3, 0x3333_0000_0003L).started();
  private boolean isBlocked;
  private int straight;

  @BeforeEach
  void connect() {
    net.tap(
        (from, to, datagram) -> {
          boolean isStraight = !from.equals(relay.address()) && !to.equals(relay.address());
          straight += isStraight ? 1 : 0;
          return isBlocked && isStraight ? null : datagram;
        });
    alice.connected(relay);
    bob.connected(relay);
    relay.inbox().routes.put(alice.nodeId(), alice.address());
    relay.inbox().routes.put(bob.nodeId(), bob.address());
  }

  private NetSession relayed() {
    CompletableFuture<NetSession> result = alice.connect(bob, Way.RELAYED, relay.address());
    assertTrue(net.runUntil(result::isDone, 1000));
    return result.join();
  }

  /** Both have announced that they know how. */
  private void know() {
    alice.with(bob).peerSupports(KNOWS);
    bob.with(alice).peerSupports(KNOWS);
  }

  private boolean isDirect() {
    return !alice.with(bob).viaRelay() && !bob.with(alice).viaRelay();
  }

  @Test
  void shouldLeaveTheRelayOnceTheyReachEachOther() {
    NetSession session = relayed();
    know();
    assertTrue(net.runUntil(this::isDirect, 2000));

    assertEquals(session.id(), alice.with(bob).id());
    assertEquals(bob.address(), session.address());
    assertEquals(alice.address(), bob.with(alice).address());
    assertEquals(List.of(bob.address()), alice.inbox().paths);
    assertEquals(List.of(alice.address()), bob.inbox().paths);
    assertEquals(1, alice.counter("direct_found"));
    long forwarded = relay.counter("forwarded");
    session.sendHeartbeat();
    bob.with(alice).sendHeartbeat();
    net.run(60_000);
    assertTrue(isDirect());
    assertEquals(forwarded, relay.counter("forwarded"));
    assertEquals(1, alice.inbox().heartbeats);
    assertEquals(1, bob.inbox().heartbeats);
    assertEquals(0, alice.drops() + relay.drops() + bob.drops());
  }

  @Test
  void shouldStayOnTheRelayWithPeersThatDoNotKnowHow() {
    relayed();
    alice.with(bob).peerSupports(Set.of(PeerFeature.ACK_RANGES));
    net.run(60_000);

    assertEquals(0, straight);
    assertEquals(0, alice.counter("direct_searches"));
  }

  @Test
  void shouldStayOnTheRelayWhereItIsSwitchedOff() {
    bob.close();
    bob = SimNode.of(net, 3, SimNode.config(3, bob.nodeId()).withDirectPaths(false)).started();
    relayed();
    know();
    net.run(10_000);

    assertEquals(0, straight);
    assertTrue(alice.with(bob).viaRelay());
    assertFalse(bob.inbox().messages(PathMessage.SUBPROTOCOL).isEmpty());
  }

  @Test
  void shouldTryLessAndLessOftenWhileNobodyAnswers() {
    relayed();
    isBlocked = true;
    know();
    net.run(60_000);
    long inTheFirstMinute = alice.counter("direct_searches");
    net.run(3_600_000);

    assertTrue(alice.with(bob).viaRelay() && bob.with(alice).viaRelay());
    assertTrue(inTheFirstMinute >= 3 && inTheFirstMinute <= 5, "searches: " + inTheFirstMinute);
    long perHour = alice.counter("direct_searches") - inTheFirstMinute;
    assertTrue(perHour >= 11 && perHour <= 18, "searches: " + perHour);
    assertEquals(alice.counter("direct_searches"), alice.counter("direct_failed"));
  }

  @Test
  void shouldGoBackToTheRelayWhenTheDirectPathBreaksAndReturnWhenItHeals() {
    NetSession session = relayed();
    know();
    assertTrue(net.runUntil(this::isDirect, 2000));
    isBlocked = true;
    assertTrue(net.runUntil(() -> alice.with(bob).viaRelay() && bob.with(alice).viaRelay(), 9000));
    assertEquals(relay.address(), session.address());
    session.sendHeartbeat();
    net.run(100);
    assertEquals(1, bob.inbox().heartbeats);
    isBlocked = false;
    assertTrue(net.runUntil(this::isDirect, 12_000));

    assertEquals(1, alice.counter("direct_lost"));
    assertEquals(List.of(bob.address(), relay.address(), bob.address()), alice.inbox().paths);
  }

  @Test
  void shouldFollowAPeerOnItsDirectPathWithoutTheRelay() {
    NetSession session = relayed();
    know();
    assertTrue(net.runUntil(this::isDirect, 2000));
    SimNat nat = new SimNat(net, bob, 102);
    nat.open();
    net.tap(nat);
    bob.with(alice).sendHeartbeat();
    assertTrue(net.runUntil(() -> session.address().equals(nat.outside()), 2000));
    net.run(60_000);

    assertTrue(isDirect());
    assertEquals(0, alice.counter("direct_lost") + bob.counter("direct_lost"));
  }

  @Test
  void shouldBringBothEndsOverThoughOnlyOneIsReachedByItsAddress() {
    // Bob's own address leads nowhere; what he sends comes from another one.
    InetSocketAddress outside = SimNode.address(99);
    bob.close();
    bob =
        SimNode.of(net, 3, SimNode.config(3, bob.nodeId()).withBindAddress(SimNode.address(77)))
            .started();
    bob.connected(relay);
    relayed();
    boolean[] translated = {false};
    net.tap(
        (from, to, datagram) -> {
          if (from.equals(bob.address()) && to.equals(alice.address())) {
            net.send(outside, to, datagram);
            return null;
          }
          if (from.equals(alice.address()) && to.equals(outside)) {
            translated[0] = true;
            net.send(from, bob.address(), datagram);
            translated[0] = false;
            return null;
          }
          boolean toInside = from.equals(alice.address()) && to.equals(bob.address());
          return toInside && !translated[0] ? null : datagram;
        });
    know();
    assertTrue(net.runUntil(this::isDirect, 3000));
    assertEquals(outside, alice.with(bob).address());
  }

  @Test
  void shouldNeitherLoseNorDoubleReliableEventsOnTheWay() {
    for (int round = 0; round < Suite.simulations() / 100; round++) {
      DirectPathTest world = new DirectPathTest();
      world.connect();
      world.carryWhileThePathChanges();
    }
  }

  private void carryWhileThePathChanges() {
    NetStream there = relayed().stream(7, StreamOptions.ofReliable());
    NetStream back = bob.with(alice).stream(7, StreamOptions.ofReliable());
    net.faults(Faults.losing(5, 1));
    know();
    List<String> events = new ArrayList<>();
    carryUntil(this::isDirect, events, there, back);
    isBlocked = true;
    carryUntil(() -> alice.with(bob).viaRelay() && bob.with(alice).viaRelay(), events, there, back);
    isBlocked = false;
    carryUntil(this::isDirect, events, there, back);
    assertTrue(net.runUntil(() -> there.isIdle() && back.isIdle(), 60_000));
    assertEquals(events, bob.inbox().events);
    assertEquals(events, alice.inbox().events);
    assertEquals(List.of(), alice.inbox().streamEnds);
  }

  private void carryUntil(
      BooleanSupplier done, List<String> events, NetStream there, NetStream back) {
    int before = events.size();
    while (!done.getAsBoolean() || events.size() < before + 200) {
      assertTrue(events.size() < before + 10_000, "the path does not change");
      events.add("event " + events.size());
      send(there, events.getLast());
      send(back, events.getLast());
      net.run(20);
    }
  }

  private void send(NetStream stream, String event) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    while (stream.send(bytes) == SendVerdict.FULL) {
      net.run(10);
    }
  }

  @Test
  void shouldNotMoveAtTheWordOfAnybodyElse() {
    NetSession session = relayed();
    know();
    isBlocked = true;
    List<byte[]> probes = new ArrayList<>();
    net.tap(
        (from, to, datagram) -> {
          if (to.equals(bob.address()) && from.equals(alice.address())) {
            probes.add(datagram);
            return null;
          }
          return from.equals(bob.address()) && to.equals(alice.address()) ? null : datagram;
        });
    net.run(1500);
    // Somebody on the way sends them from his own address: bob answers him, and asks him; he
    // cannot answer.
    probes.forEach(probe -> net.send(SimNode.address(66), bob.address(), probe));
    net.run(10_000);

    assertFalse(probes.isEmpty());
    assertTrue(session.viaRelay() && bob.with(alice).viaRelay());
  }

  @Test
  void shouldTakeNoAnswerThatCameOverTheRelay() {
    NetSession session = relayed();
    know();
    isBlocked = true;
    net.run(300);
    IntStream.range(0, 50)
        .forEach(
            token -> {
              bob.with(alice).sendNow(PathMessage.SUBPROTOCOL, answer(token));
              net.run(10);
            });
    assertTrue(session.viaRelay());
    assertEquals(50, alice.drops(DropReason.PATH_REFUSED));
  }

  private static ByteBuf answer(long token) {
    return new PathMessage.Answer(token).encode(Unpooled.buffer().alloc());
  }

  @Test
  void shouldDropWhatIsNoMessageAboutPaths() {
    relayed();
    know();
    isBlocked = true;
    long before = alice.drops(DropReason.PATH_REFUSED);
    List<String> wrong =
        List.of(
            "",
            "00ff",
            "02",
            "0200",
            "020000000000000000ff",
            "04",
            "01" + "05".repeat(19),
            "00" + "04".repeat(19 * 5));
    wrong.forEach(
        hex ->
            bob.with(alice)
                .sendNow(
                    PathMessage.SUBPROTOCOL, Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex))));
    net.run(200);
    assertEquals(before + wrong.size(), alice.drops(DropReason.PATH_REFUSED));
  }

  @Test
  void shouldProbeNoAddressThatCannotBeAPeers() {
    NetSession session = relayed();
    know();
    List<InetSocketAddress> probed = new ArrayList<>();
    net.tap(
        (from, to, datagram) -> {
          if (from.equals(alice.address()) && !to.equals(relay.address())) {
            probed.add(to);
          }
          return to.equals(relay.address()) || from.equals(relay.address()) ? datagram : null;
        });
    // Instead of bob's reply, one with what no peer has; the first byte says reply.
    net.runUntil(() -> alice.counter("direct_searches") == 1, 1000);
    net.run(260);
    bob.with(alice)
        .sendNow(
            PathMessage.SUBPROTOCOL,
            new PathMessage.Offer(
                    true,
                    List.of(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9000),
                        new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 9000),
                        new InetSocketAddress(InetAddress.ofLiteral("224.0.0.1"), 9000),
                        new InetSocketAddress(InetAddress.ofLiteral("10.0.0.9"), 0)))
                .encode(Unpooled.buffer().alloc()));
    net.run(5000);
    assertTrue(session.viaRelay());
    probed.removeIf(address -> address.equals(bob.address()));
    assertEquals(List.of(), probed);
  }

  @Test
  void shouldSearchForSixteenSessionsAtOnceAtMost() {
    isBlocked = true;
    List<SimNode> crowd =
        IntStream.range(0, 40)
            .mapToObj(i -> SimNode.of(net, 100 + i, 0x4444_0000_0100L + i).started())
            .toList();
    for (SimNode one : crowd) {
      relay.inbox().routes.put(one.nodeId(), one.address());
      CompletableFuture<NetSession> result = alice.connect(one, Way.RELAYED, relay.address());
      assertTrue(net.runUntil(result::isDone, 1000));
    }
    crowd.forEach(
        one -> {
          alice.with(one).peerSupports(KNOWS);
          one.with(alice).peerSupports(KNOWS);
        });
    net.run(260);
    assertEquals(DirectPaths.MAX_SEARCHES, alice.counter("direct_searches"));
    net.run(15_000);
    assertTrue(alice.counter("direct_searches") >= 40);
  }
}
