// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static io.lichen.core.moss.runtime.peer.Liveness.Sign.NONE;
import static io.lichen.core.moss.runtime.peer.Liveness.Sign.SPEAKS;
import static io.lichen.core.moss.runtime.peer.Liveness.Sign.TAKES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.session.OutboundQueue;
import io.lichen.transport.moss.session.TcpFrameSealer;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By what a session shows that it is not dead. */
final class PeerLinkTest {
  private final Map<String, Object> session =
      new HashMap<>(
          Map.of(
              "carrier",
              Carrier.TCP,
              "isRelayed",
              false,
              "remoteAddress",
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711)));

  /** Looks at a session of which this is known. */
  private final PeerLink link = TestLinks.link(stub(), new NodeCounters(), 0);

  private MossSession stub() {
    moved(0, 0, 0);
    return (MossSession)
        Proxy.newProxyInstance(
            MossSession.class.getClassLoader(),
            new Class<?>[] {MossSession.class},
            (self, method, arguments) -> session.get(method.getName()));
  }

  private void moved(long in, long out, long pending) {
    session.put("bytesIn", in);
    session.put("bytesOut", out);
    session.put("pendingBytes", pending);
  }

  @Test
  void shouldTakeWhatComesForLife() {
    moved(1, 0, 0);
    assertEquals(SPEAKS, link.takeSign());
    assertEquals(NONE, link.takeSign());
  }

  @Test
  void shouldNotTakeForLifeThatADeadConnectionTakesWhatItIsSent() {
    for (int sent = 100; sent <= 1000; sent += 100) {
      // Sometimes it is looked at just when something is on its way to the socket, also in turn.
      moved(0, sent, sent % 300 == 0 ? 0 : 100);
      assertEquals(NONE, link.takeSign(), "after " + sent);
    }
  }

  /** What waits is counted with what it costs here, what has gone with its framing. */
  @Test
  void shouldNotTakeForLifeThatAQueueGotEmptyHoweverItIsCounted() {
    moved(0, 0, OutboundQueue.cost(new byte[0]));
    assertEquals(NONE, link.takeSign());
    moved(0, TcpFrameSealer.OVERHEAD_BYTES, OutboundQueue.cost(new byte[1000]));
    assertEquals(NONE, link.takeSign());
  }

  @Test
  void shouldTakeItForLifeThatAQueueGetsShorter() {
    moved(0, 0, 5000);
    assertEquals(NONE, link.takeSign());
    moved(0, 1000, 4000);
    assertEquals(TAKES, link.takeSign());
    assertEquals(NONE, link.takeSign());
    session.put("carrier", Carrier.UDP);
    moved(0, 2000, 3000);
    assertEquals(NONE, link.takeSign(), "datagrams go out whether anybody is there or not");
  }
}
