// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.SlowPeer;
import io.lichen.core.moss.SlowPeer.Stage;
import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.EventQueue;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.MossSession;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of peers that are behind. */
final class SlowPeersTest {
  private static final long LIMIT_NS = 1_000_000_000L;
  private static final long QUEUED_BYTES = 2 << 20;

  private final NodeCounters counters = new NodeCounters();
  private final List<Stage> told = new ArrayList<>();
  private final List<CloseReason> closed = new ArrayList<>();
  private final SlowPeers slowPeers = new SlowPeers(news(), counters, LIMIT_NS);
  private final PeerLink link = TestLinks.link(stuck(), counters, 0);

  private EventQueue<SlowPeer> news() {
    EventQueue<SlowPeer> news =
        new EventQueue<>(
            "slow peer", Runnable::run, TestLinks.scope(counters), counters.eventsDropped);
    news.callback(slow -> told.add(slow.stage()));
    return news;
  }

  /** Takes nothing. */
  private MossSession stuck() {
    return (MossSession)
        Proxy.newProxyInstance(
            MossSession.class.getClassLoader(),
            new Class<?>[] {MossSession.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "remoteId" -> PeerId.of(new byte[PeerId.BYTES]);
                  case "carrier" -> Carrier.TCP;
                  case "remoteAddress" ->
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
                  case "isRelayed", "isWritable" -> false;
                  case "isOpen" -> closed.isEmpty();
                  case "pendingBytes" -> QUEUED_BYTES;
                  case "close" -> closed.add((CloseReason) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void shouldWarnAfterAQuarterOfTheTimeAndShedAfterAllOfIt() {
    slowPeers.judge(link, 1);
    slowPeers.judge(link, LIMIT_NS / 4);
    assertEquals(List.of(), told);
    slowPeers.judge(link, 1 + LIMIT_NS / 4);
    slowPeers.judge(link, LIMIT_NS);
    assertEquals(List.of(Stage.SLOW), told);
    slowPeers.judge(link, 1 + LIMIT_NS);
    slowPeers.judge(link, 2 * LIMIT_NS);
    assertEquals(List.of(Stage.SLOW, Stage.SHED), told);
    assertEquals(List.of(CloseReason.SLOW), closed);
  }

  @Test
  void shouldWarnBeforeItShedsThoughNobodyCouldLookInTheMeantime() {
    slowPeers.judge(link, 1);
    slowPeers.judge(link, 1 + 3 * LIMIT_NS);
    assertEquals(List.of(Stage.SLOW, Stage.SHED), told);
    assertEquals(1, counters.peersSlow.sum());
    assertEquals(1, counters.peersShed.sum());
  }
}
