// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Alice, who knows as little of probes as a native, is behind a NAT and has a session with bob, who
 * is not; somebody else may listen.
 */
class ReflexMoveTest {
  private static final InetSocketAddress MALLORY = SimNode.address(66);
  private static final long LIMIT_MS = 10_000;
  private static final long BEAT_MS = 1000;

  private final SimNet net = new SimNet(Suite.seed());
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L).started();
  private final SimNode bob = SimNode.of(net, 2, 0x2222_0000_0002L).started();
  private final SimNat nat = new SimNat(net, alice, 101);

  @BeforeEach
  void connect() {
    net.tap(nat);
    alice.connected(bob);
    beat();
    bob.with(alice).peerSupports(Set.of(PeerFeature.ACK_RANGES));
  }

  private void beat() {
    net.at(
        BEAT_MS * Faults.MS,
        () -> {
          alice.with(bob).sendHeartbeat();
          beat();
        });
  }

  private boolean isFollowed() {
    return bob.with(alice).address().equals(nat.outside());
  }

  @Test
  void shouldFollowAPeerWhoseNatHasForgottenIt() {
    NetSession session = bob.with(alice);
    nat.forget();
    assertTrue(net.runUntil(this::isFollowed, BEAT_MS + 3000));

    assertEquals(session, bob.with(alice));
    assertEquals(session.id(), alice.with(bob).id());
    assertEquals(List.of(nat.outside()), bob.inbox().paths);
    assertEquals(1, bob.counter("moves_followed"));
    net.run(60_000);
    assertEquals(1, bob.counter("moves_probed"));
    assertEquals(0, alice.drops() + bob.drops());
  }

  @Test
  void shouldFollowAPeerThatMovesAgainAndBack() {
    for (int host : List.of(102, 103, 101)) {
      nat.move(host);
      assertTrue(net.runUntil(this::isFollowed, LIMIT_MS), "to host " + host);
    }
    assertEquals(3, bob.counter("moves_followed"));
  }

  @Test
  void shouldStayWhereThePeerAnswersThoughSomebodyElseSendsItsPacketsOnFaster() {
    InetSocketAddress before = bob.with(alice).address();
    net.tap(
        (from, to, datagram) -> {
          if (from.equals(nat.outside()) && to.equals(bob.address())) {
            net.send(MALLORY, to, datagram);
          }
          return nat.pass(from, to, datagram);
        });
    net.run(LIMIT_MS);

    assertEquals(before, bob.with(alice).address());
    assertEquals(0, bob.counter("moves_followed"));
    assertTrue(bob.counter("moves_refused") > 0);
  }

  @Test
  void shouldNotMoveToSomebodyWhoOnlySendsThePeersPacketsOn() {
    InetSocketAddress before = bob.with(alice).address();
    int[] toMallory = {0};
    int[] fromMallory = {0};
    net.tap(
        (from, to, datagram) -> {
          if (to.equals(before)) {
            return null;
          }
          if (to.equals(MALLORY)) {
            toMallory[0] += datagram.length;
            return null;
          }
          if (from.equals(MALLORY)) {
            fromMallory[0] += datagram.length;
          } else if (to.equals(bob.address()) && from.equals(nat.outside())) {
            net.send(MALLORY, to, datagram);
          }
          return nat.pass(from, to, datagram);
        });
    net.run(LIMIT_MS);

    assertEquals(before, bob.with(alice).address());
    assertTrue(bob.counter("moves_probed") > 0);
    assertEquals(0, bob.counter("moves_followed"));
    assertTrue(toMallory[0] <= 3 * fromMallory[0], toMallory[0] + " for " + fromMallory[0]);
  }

  @Test
  void shouldCarryEachEventOnceWhateverTheNatForgets() {
    NetStream there = alice.with(bob).stream(7, StreamOptions.ofReliable());
    NetStream back = bob.with(alice).stream(7, StreamOptions.ofReliable());
    List<String> events = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      nat.forget();
      for (int i = 0; i < 20; i++) {
        events.add("event " + events.size());
        byte[] octets = events.getLast().getBytes(StandardCharsets.UTF_8);
        for (NetStream stream : List.of(there, back)) {
          while (stream.send(octets) == SendVerdict.FULL) {
            net.run(10);
          }
        }
      }
      assertTrue(net.runUntil(this::isFollowed, LIMIT_MS));
      assertTrue(net.runUntil(() -> there.isIdle() && back.isIdle(), LIMIT_MS));
    }
    assertEquals(events, bob.inbox().events);
    assertEquals(events, alice.inbox().events);
  }
}
