// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.Faults;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.PeerFeature;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alice is behind a NAT and has a session with bob, who is not; somebody else may listen. */
class PeerMoveTest {
  private static final Set<PeerFeature> KNOWS = Set.of(PeerFeature.DIRECT_PATHS);
  private static final InetSocketAddress MALLORY = SimNode.address(66);
  private static final long LIMIT_MS = 10_000;
  private static final long BEAT_MS = 1000;

  private final long seed = Suite.seed();
  private final SimNet net = new SimNet(seed);
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L).started();
  private final SimNode bob = SimNode.of(net, 2, 0x2222_0000_0002L).started();
  private final SimNat nat = new SimNat(net, alice, 101);
  private int toMallory;
  private int fromMallory;

  @BeforeEach
  void connect() {
    net.tap(nat);
    alice.connected(bob);
    beat(alice, bob);
    alice.with(bob).peerSupports(KNOWS);
    bob.with(alice).peerSupports(KNOWS);
  }

  /** Heartbeats, as a node sends them. */
  private void beat(SimNode from, SimNode to) {
    net.at(
        BEAT_MS * Faults.MS,
        () -> {
          from.with(to).sendHeartbeat();
          beat(from, to);
        });
  }

  private boolean isFollowed() {
    return bob.with(alice).address().equals(nat.outside());
  }

  /** Hears all that goes to bob, and is quicker; sends on what she is sent, or not. */
  private SimNet.Tap listening(boolean sendsOn) {
    nat.open();
    return (from, to, datagram) -> {
      if (from.equals(MALLORY)) {
        fromMallory += to.equals(alice.address()) ? 0 : datagram.length;
      } else if (to.equals(MALLORY) && !from.equals(alice.address())) {
        toMallory += datagram.length;
        if (sendsOn) {
          boolean isBobs = from.equals(bob.address());
          net.send(MALLORY, isBobs ? nat.outside() : bob.address(), datagram);
        }
        return null;
      } else if (to.equals(bob.address()) && from.equals(nat.outside())) {
        net.send(MALLORY, to, datagram);
      }
      return nat.pass(from, to, datagram);
    };
  }

  @Test
  void shouldFollowAPeerWhoseNatHasForgottenIt() {
    NetSession session = bob.with(alice);
    InetSocketAddress before = nat.outside();
    assertEquals(before, bob.with(alice).address());
    nat.forget();
    assertTrue(net.runUntil(this::isFollowed, BEAT_MS + 2000));

    assertEquals(session, bob.with(alice));
    assertEquals(session.id(), alice.with(bob).id());
    assertNotEquals(before, nat.outside());
    assertTrue(bob.endpoint().sessions().isPeer(nat.outside()));
    assertFalse(bob.endpoint().sessions().isPeer(before));
    assertEquals(List.of(nat.outside()), bob.inbox().paths);
    assertEquals(1, bob.counter("moves_followed"));
    bob.with(alice).sendHeartbeat();
    net.run(60_000);
    assertEquals(1, alice.inbox().heartbeats);
    assertEquals(1, bob.counter("moves_probed"));
    assertEquals(List.of(), alice.inbox().paths);
    assertEquals(0, alice.drops() + bob.drops());
  }

  @Test
  void shouldFollowAPeerThatMovesAgainAndBack() {
    for (int host : List.of(102, 103, 101)) {
      nat.move(host);
      assertTrue(net.runUntil(this::isFollowed, LIMIT_MS), "to host " + host);
    }
    assertEquals(3, bob.counter("moves_followed"));
    bob.with(alice).close();
    assertFalse(bob.endpoint().sessions().isPeer(nat.outside()));
  }

  @Test
  void shouldFollowEachOtherWhenBothMoveOneAfterTheOther() {
    SimNat other = new SimNat(net, bob, 102);
    nat.open();
    net.tap(
        (from, to, datagram) -> {
          boolean isBobs = from.equals(bob.address());
          byte[] passed = (isBobs ? other : nat).pass(from, to, datagram);
          return passed == null ? null : (isBobs ? nat : other).pass(from, to, passed);
        });
    beat(bob, alice);
    assertTrue(net.runUntil(() -> alice.with(bob).address().equals(other.outside()), LIMIT_MS));
    nat.forget();
    assertTrue(net.runUntil(this::isFollowed, LIMIT_MS));
    other.forget();
    assertTrue(net.runUntil(() -> alice.with(bob).address().equals(other.outside()), LIMIT_MS));
  }

  @Test
  void shouldNotAskOnAccountOfCopies() {
    List<byte[]> heard = new ArrayList<>();
    net.tap(
        (from, to, datagram) -> {
          heard.add(datagram);
          return nat.pass(from, to, datagram);
        });
    net.run(LIMIT_MS);
    List.copyOf(heard).forEach(datagram -> net.send(MALLORY, bob.address(), datagram));
    net.run(LIMIT_MS);

    assertTrue(bob.drops(DropReason.REPLAYED) >= 5);
    assertEquals(0, bob.counter("moves_probed"));
  }

  @Test
  void shouldStayWhereThePeerAnswersThoughSomebodyElseSendsItsPacketsOnFaster() {
    net.tap(listening(true));
    net.run(60_000);

    assertTrue(isFollowed());
    assertEquals(0, bob.counter("moves_followed") + alice.counter("moves_followed"));
    assertTrue(bob.counter("moves_refused") >= 5);
    assertEquals(bob.counter("moves_probed"), bob.counter("moves_refused"));
    assertTrue(toMallory <= 3 * fromMallory, toMallory + " bytes for " + fromMallory);
  }

  @Test
  void shouldNotMoveToSomebodyWhoOnlySendsThePeersPacketsOn() {
    SimNet.Tap listening = listening(false);
    // What bob sends to alice is lost: her place does not answer.
    net.tap(
        (from, to, datagram) ->
            to.equals(nat.outside()) ? null : listening.pass(from, to, datagram));
    net.run(60_000);

    assertTrue(isFollowed());
    assertTrue(bob.counter("moves_probed") >= 10);
    assertEquals(0, bob.counter("moves_followed") + bob.counter("moves_refused"));
    assertTrue(toMallory > 0);
    assertTrue(toMallory <= 3 * fromMallory, toMallory + " bytes for " + fromMallory);
  }

  @Test
  void shouldComeBackFromSomebodyInBetweenWhenHeNoLongerAnswers() {
    SimNet.Tap listening = listening(true);
    // Straight from bob to alice nothing goes: whoever carries it has the session.
    net.tap(
        (from, to, datagram) ->
            from.equals(bob.address()) && to.equals(nat.outside())
                ? null
                : listening.pass(from, to, datagram));
    assertTrue(net.runUntil(() -> bob.with(alice).address().equals(MALLORY), LIMIT_MS));
    net.tap(nat);
    assertTrue(net.runUntil(this::isFollowed, LIMIT_MS));
  }

  @Test
  void shouldAskFourPlacesAtMost() {
    int[] asked = {0};
    int[] host = {200};
    // Each datagram of alice's comes from somewhere else.
    net.tap(
        (from, to, datagram) -> {
          if (from.equals(bob.address())) {
            asked[0]++;
            return null;
          }
          if (from.equals(alice.address())) {
            net.send(SimNode.address(host[0]++), to, datagram);
            return null;
          }
          return datagram;
        });
    for (int i = 0; i < 100; i++) {
      alice.with(bob).sendHeartbeat();
    }
    net.run(BEAT_MS + 500);
    assertEquals(1, bob.counter("moves_probed"));
    // Two to each of them, for a heartbeat pays for no third, and three to where alice was.
    assertEquals(2 * PeerMove.MAX_CANDIDATES + 3, asked[0]);
  }

  @Test
  void shouldCarryEachEventOnceWhateverTheNatForgets() {
    for (int round = 0; round < Suite.simulations() / 50; round++) {
      PeerMoveTest world = new PeerMoveTest();
      world.connect();
      world.carryWhileTheNatForgets();
    }
  }

  private void carryWhileTheNatForgets() {
    Random random = new Random(seed);
    NetStream there = alice.with(bob).stream(7, StreamOptions.ofReliable());
    NetStream back = bob.with(alice).stream(7, StreamOptions.ofReliable());
    net.faults(Faults.losing(5, 1));
    List<String> events = new ArrayList<>();
    for (int moves = 0; moves < 6; moves++) {
      carry(events, there, back, random.nextInt(200));
      if (random.nextBoolean()) {
        nat.forget();
      } else {
        nat.move(110 + moves);
      }
      carry(events, there, back, 20);
      assertTrue(net.runUntil(this::isFollowed, LIMIT_MS), "seed " + seed);
      assertTrue(net.runUntil(() -> there.isIdle() && back.isIdle(), LIMIT_MS), "seed " + seed);
    }
    assertEquals(events, bob.inbox().events, "seed " + seed);
    assertEquals(events, alice.inbox().events, "seed " + seed);
    assertEquals(List.of(), bob.inbox().streamEnds);
  }

  private void carry(List<String> events, NetStream there, NetStream back, int count) {
    for (int i = 0; i < count; i++) {
      events.add("event " + events.size());
      byte[] bytes = events.getLast().getBytes(StandardCharsets.UTF_8);
      for (NetStream stream : List.of(there, back)) {
        while (stream.send(bytes) == SendVerdict.FULL) {
          net.run(10);
        }
      }
      net.run(20);
    }
  }
}
