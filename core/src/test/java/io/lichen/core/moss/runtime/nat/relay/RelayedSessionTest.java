// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static io.lichen.core.moss.runtime.nat.relay.TestTunnels.LOCAL;
import static io.lichen.core.moss.runtime.nat.relay.TestTunnels.REMOTE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayRate;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.SessionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What becomes of that which is under way when the last way of a session is closed. */
class RelayedSessionTest {
  private static final RelayRate RATE = new RelayRate(1 << 20, 1 << 20);

  private final List<String> news = new ArrayList<>();
  private final TestTunnels tunnels =
      new TestTunnels(
          envelope -> {
            throw new AssertionError("sent: " + envelope);
          });

  private Tunnel tunnel(PeerId from, PeerId to) {
    return tunnels.way(from, to, TestTunnels.pace(RATE));
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
    return tunnels.session(way, executor, owner);
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
