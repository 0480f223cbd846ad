// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.PeerEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who lives, in virtual time (docs/wire/net-peers.md, "Failure"). */
class PeersTest {
  private static final long TIMEOUT = 30_000_000_000L;
  private static final long TICK = TIMEOUT / 6;
  private static final long PEER = 7;

  /** What the other parts of a node are told. */
  private final List<String> told = new ArrayList<>();

  private final List<PeerEvent.Type> news = new ArrayList<>();
  private final PeerCounters counters = new PeerCounters();
  private final Peers peers =
      new Peers(TIMEOUT, new Followers(), event -> news.add(event.type()), counters);
  private final StillSession session = new StillSession(PEER);
  private long nowNs = Long.MAX_VALUE - TIMEOUT;

  @Test
  void shouldSuspectAfterTwoTimeoutsAndFailAfterThree() {
    peers.onSession(session, nowNs);
    tickFor(2 * TIMEOUT - 1);
    assertEquals(List.of(PeerEvent.Type.CONNECTED), news);
    tickFor(1);
    assertEquals(List.of(PeerEvent.Type.CONNECTED, PeerEvent.Type.SUSPECTED), news);
    tickFor(TIMEOUT - 1);
    assertEquals(List.of("connected"), told);
    tickFor(1);
    assertEquals(
        List.of(PeerEvent.Type.CONNECTED, PeerEvent.Type.SUSPECTED, PeerEvent.Type.FAILED), news);
    assertEquals(List.of("connected", "failed"), told);
    assertEquals(1, counters.failed.sum());
  }

  @Test
  void shouldKeepAPeerAliveByItsHeartbeatsAlone() {
    peers.onSession(session, nowNs);
    for (int i = 0; i < 100; i++) {
      tickFor(2 * TIMEOUT - 1);
      session.received++;
      peers.onHeartbeat(session, nowNs);
    }
    assertEquals(List.of(PeerEvent.Type.CONNECTED), news);
    assertTrue(session.heartbeats > 100, "it was told that this node lives, too");
  }

  @Test
  void shouldNotTakeDataForLife() {
    peers.onSession(session, nowNs);
    for (int i = 0; i < 3; i++) {
      session.received++;
      tickFor(TIMEOUT);
    }
    assertEquals(
        List.of(PeerEvent.Type.CONNECTED, PeerEvent.Type.SUSPECTED, PeerEvent.Type.FAILED), news);
  }

  @Test
  void shouldRecoverByAHeartbeat() {
    peers.onSession(session, nowNs);
    tickFor(3 * TIMEOUT);
    peers.onHeartbeat(session, nowNs);
    assertEquals(PeerEvent.Type.RECOVERED, news.getLast());
    assertEquals(List.of("connected", "failed", "recovered"), told);
    tickFor(2 * TIMEOUT - 1);
    assertEquals(PeerEvent.Type.RECOVERED, news.getLast());
  }

  @Test
  void shouldTakeASubscriptionForAHeartbeat() {
    peers.onSession(session, nowNs);
    tickFor(3 * TIMEOUT);
    peers.onSubscribed(PEER, nowNs);
    peers.onSubscribed(PEER + 1, nowNs);
    assertEquals(PeerEvent.Type.RECOVERED, news.getLast());
    tickFor(3 * TIMEOUT);
    assertEquals(PeerEvent.Type.FAILED, news.getLast());
    assertEquals(List.of("connected", "failed", "recovered", "failed"), told);
  }

  @Test
  void shouldGiveUpWhoFailedAndSendsNothingAtAll() {
    peers.onSession(session, nowNs);
    tickFor(29 * TIMEOUT);
    session.received++;
    tickFor(TICK);
    tickFor(30 * TIMEOUT - 1);
    assertTrue(session.isOpen());
    tickFor(1);
    assertFalse(session.isOpen());
    assertTrue(counters.evicted.sum() > 0);
  }

  /** Lets time go on, with a look at all peers at every tick and at the end. */
  private void tickFor(long ns) {
    long leftNs = ns;
    while (leftNs > 0) {
      long stepNs = Math.min(TICK, leftNs);
      nowNs += stepNs;
      leftNs -= stepNs;
      peers.onTick(nowNs);
    }
  }

  private final class Followers implements Peers.Listener {
    @Override
    public void onConnected(Peer peer) {
      told.add("connected");
    }

    @Override
    public void onMoved(Peer peer) {
      told.add("moved");
    }

    @Override
    public void onRecovered(Peer peer) {
      told.add("recovered");
    }

    @Override
    public void onFailed(Peer peer) {
      told.add("failed");
    }

    @Override
    public void onGone(Peer peer) {
      told.add("gone");
    }
  }
}
