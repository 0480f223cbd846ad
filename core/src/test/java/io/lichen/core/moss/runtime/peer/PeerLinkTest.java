// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.MossSession;
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
    assertTrue(link.takeMoved());
    assertFalse(link.takeMoved());
  }

  @Test
  void shouldNotTakeForLifeThatADeadConnectionTakesWhatItIsSent() {
    for (int sent = 100; sent <= 1000; sent += 100) {
      // Sometimes it is looked at just when something is on its way to the socket.
      moved(0, sent, sent % 200 == 0 ? 100 : 0);
      assertFalse(link.takeMoved(), "after " + sent);
    }
  }

  @Test
  void shouldTakeItForLifeThatAQueueGetsShorter() {
    moved(0, 0, 5000);
    assertFalse(link.takeMoved());
    moved(0, 1000, 4000);
    assertTrue(link.takeMoved());
    assertFalse(link.takeMoved());
    session.put("carrier", Carrier.UDP);
    moved(0, 2000, 3000);
    assertFalse(link.takeMoved(), "datagrams go out whether anybody is there or not");
  }
}
