// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is dialled again, in virtual time (docs/wire/net-peers.md, "Dialling again"). */
class RedialsTest {
  private static final long S = 1_000_000_000L;
  private static final long BEAT = 5 * S;
  private static final long TIMEOUT = 30 * S;
  private static final long PEER = 7;
  private static final byte[] KEY = {1};
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  private final Peers peers = new Peers(TIMEOUT, new Quiet(), event -> {}, new PeerCounters());
  private final LongAdder redialled = new LongAdder();
  private final Redials redials =
      new Redials(peers.table(), BEAT, TIMEOUT, Runnable::run, redialled);
  private final StillSession session = new StillSession(PEER);
  private final List<Long> dialsS = new ArrayList<>();
  private CompletableFuture<Object> dial = new CompletableFuture<>();
  private long nowNs;

  /** Has nothing to do with peers. */
  private static final class Quiet implements Peers.Listener {
    @Override
    public void onConnected(Peer peer) {}

    @Override
    public void onMoved(Peer peer) {}

    @Override
    public void onRecovered(Peer peer) {}

    @Override
    public void onFailed(Peer peer) {}

    @Override
    public void onGone(Peer peer) {}
  }

  @BeforeEach
  void connect() {
    session.initiator = true;
    peers.onSession(session, nowNs);
    redials.dialled(PEER, ADDRESS, KEY);
  }

  private void goOn(long timeNs, boolean heard) {
    for (long endNs = nowNs + timeNs; nowNs < endNs; ) {
      nowNs += BEAT;
      if (heard) {
        session.received++;
      }
      peers.onTick(nowNs);
      redials.onTick(nowNs, this::connect);
    }
  }

  private CompletableFuture<?> connect(InetSocketAddress address, byte[] key, long nodeId) {
    assertEquals(ADDRESS, address);
    assertEquals(PEER, nodeId);
    dialsS.add(nowNs / S);
    dial = new CompletableFuture<>();
    return dial;
  }

  private void fail() {
    dial.completeExceptionally(new IllegalStateException("on purpose"));
  }

  @Test
  void shouldLeaveAPeerAloneFromWhichAnythingComes() {
    goOn(1000 * S, true);
    assertFalse(session.silenced);
    assertEquals(List.of(), dialsS);
  }

  @Test
  void shouldFallSilentAfterThreeBeatsAndDialASessionTimeoutLater() {
    goOn(10 * S, false);
    assertFalse(session.silenced);
    goOn(5 * S, false);
    assertTrue(session.silenced);
    goOn(30 * S, false);
    assertEquals(List.of(), dialsS);
    goOn(5 * S, false);
    assertEquals(List.of(50L), dialsS);
  }

  @Test
  void shouldDialOneAfterTheOtherEverMoreSeldomAndNotForEver() {
    for (int i = 0; i < 600; i++) {
      goOn(BEAT, false);
      // Each dial takes two beats.
      if (!dialsS.isEmpty() && nowNs / S - dialsS.getLast() >= 10) {
        fail();
      }
    }
    assertEquals(List.of(50L, 95L, 185L, 365L, 725L, 1085L), dialsS);
    assertEquals(dialsS.size(), redialled.sum());
  }

  @Test
  void shouldNotDialWhileADialIsUnderWay() {
    goOn(200 * S, false);
    assertEquals(List.of(50L), dialsS);
  }

  @Test
  void shouldGoOnAsIfNothingHadBeenOnceAnythingComes() {
    goOn(55 * S, false);
    fail();
    goOn(BEAT, true);
    assertFalse(session.silenced);
    goOn(45 * S, false);
    assertEquals(List.of(50L), dialsS);
    goOn(5 * S, false);
    assertEquals(2, dialsS.size());
  }

  @Test
  void shouldBeginAnewWithTheSessionThatItHasGot() {
    goOn(50 * S, false);
    StillSession fresh = new StillSession(PEER);
    fresh.initiator = true;
    peers.onSession(fresh, nowNs);
    redials.dialled(PEER, ADDRESS, KEY);
    dial.complete(fresh);
    goOn(10 * S, false);
    assertFalse(fresh.silenced);
    goOn(5 * S, false);
    assertTrue(fresh.silenced);
    assertEquals(1, dialsS.size());
  }

  @Test
  void shouldForgetWhoIsGoneOrHasComeByItself() {
    session.initiator = false;
    goOn(200 * S, false);
    assertFalse(session.silenced);
    session.initiator = true;
    goOn(200 * S, false);
    assertEquals(List.of(), dialsS, "it was forgotten");
  }
}
