// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayRate;
import io.lichen.nat.relay.RelaySession;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SessionHandler;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What becomes of that which is under way when the last way of a session is closed. */
class RelayedSessionTest {
  private static final PeerId LOCAL = id(1);
  private static final PeerId REMOTE = id(2);
  private static final PeerId VIA = id(3);
  private static final RelayRate RATE = new RelayRate(1 << 20, 1 << 20);

  private final NodeCounters counters = new NodeCounters();
  private final List<String> news = new ArrayList<>();

  private static PeerId id(int fill) {
    byte[] octets = new byte[PeerId.BYTES];
    Arrays.fill(octets, (byte) fill);
    return PeerId.of(octets);
  }

  /** The way of one end to the other. */
  private Tunnel tunnel(PeerId from, PeerId to) {
    MossSession via =
        (MossSession)
            Proxy.newProxyInstance(
                MossSession.class.getClassLoader(),
                new Class<?>[] {MossSession.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "remoteAddress" -> new InetSocketAddress("192.0.2.1", 1);
                      case "isRelayed" -> false;
                      case "maxPayloadBytes" -> 1 << 20;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    PeerLink link = TestLinks.link(via, counters, 0);
    RelayPace pace = new RelayPace(RATE, new Random(2), 0);
    RelaySession<PeerId> session = new RelaySession<>("name", VIA, to, true);
    return new Tunnel(session, from, "net", new byte[32], link, pace, new Random(1));
  }

  private RelayedSession session(Tunnel way, Executor executor) {
    RelayedSession.Owner owner =
        new RelayedSession.Owner() {
          @Override
          public void closed(RelayedSession session, CloseReason reason, boolean draining) {
            news.add("closed " + reason + (draining ? ", draining" : ""));
          }

          @Override
          public void leftOver(RelayedSession session, List<byte[]> envelopes) {
            envelopes.forEach(each -> news.add("left over " + new String(each, UTF_8)));
          }

          @Override
          public void data(PeerId sender, byte[] data, boolean sealed) {
            throw new AssertionError();
          }
        };
    return new RelayedSession(
        way,
        new byte[32],
        new RelayedSession.Shared(
            executor, 1 << 20, 1 << 20, counters, new RelayCounters(), owner));
  }

  private final class Ear implements SessionHandler {
    @Override
    public void onPacket(byte[] buffer, int offset, int length) {
      news.add("heard " + new String(buffer, offset, length, UTF_8));
    }

    @Override
    public void onBatchComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason reason) {
      news.add("ended " + reason);
    }
  }

  @Test
  void shouldDeliverWhatCameBeforeTheOtherEndClosed() {
    Tunnel way = tunnel(LOCAL, REMOTE);
    RelayedSession session = session(way, Runnable::run);
    session.start(new Ear());
    session.setReading(false);
    session.close(CloseReason.DUPLICATE);
    session.receive(way, tunnel(REMOTE, LOCAL).seal("{\"a\":1}".getBytes(UTF_8)));
    session.remove(way);
    assertEquals(List.of("closed DUPLICATE, draining"), news);
    session.setReading(true);

    assertEquals(3, news.size(), news::toString);
    assertEquals("heard {\"a\":1", news.get(1).substring(0, 12));
    assertEquals("ended DUPLICATE", news.get(2));
  }

  @Test
  void shouldHandOverWhatTheOtherEndDidNotWaitFor() {
    Tunnel way = tunnel(LOCAL, REMOTE);
    RelayedSession session = session(way, task -> {});
    session.start(new Ear());
    session.send("one".getBytes(UTF_8));
    session.sendRaw("data".getBytes(UTF_8));
    session.send("two".getBytes(UTF_8));
    session.close(CloseReason.DUPLICATE);
    session.remove(way);

    assertEquals(List.of("closed DUPLICATE, draining", "left over one", "left over two"), news);
    assertEquals(0, session.pendingBytes());
  }

  @Test
  void shouldKeepNothingOfASessionThatEndsWithoutAnother() {
    Tunnel way = tunnel(LOCAL, REMOTE);
    RelayedSession session = session(way, Runnable::run);
    session.start(new Ear());
    session.remove(way);

    assertEquals(List.of("closed REMOTE_CLOSED", "ended REMOTE_CLOSED"), news);
  }
}
