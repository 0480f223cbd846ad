// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetNode;
import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.net.wire.PingwaveHealth;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a node knows of round-trip times, over real sockets. */
class RoundTripTest {
  private static final long RAW_NODE_ID = -4711;
  private static final long WAY_US = 200_000;

  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);

  @Test
  void shouldTakeARoundTripForTwiceTheWayOfAPingwave() {
    NetNode node = nodes.started();
    assertEquals(Map.of(), node.roundTrips());
    try (NetTransport raw =
        NetTransport.open(
            NetTransportConfig.defaults(RAW_NODE_ID, NetNodes.PSK), new SilentListener())) {
      NetSession session =
          raw.connect(
                  new NetDial(node.address(), node.publicKey(), node.nodeId(), NetDial.Way.ROUTED))
              .join();
      raw.sendPlain(node.address(), Unpooled.wrappedBuffer(sentAWhileAgo()));
      await("the wave was heard", () -> node.roundTrips().containsKey(RAW_NODE_ID));
      assertTrue(session.isOpen());
    }
    Duration roundTrip = node.roundTrips().getOrDefault(RAW_NODE_ID, Duration.ZERO);
    assertTrue(roundTrip.toMillis() >= 2 * WAY_US / 1000, roundTrip::toString);
  }

  private static byte[] sentAWhileAgo() {
    long sentUs = System.currentTimeMillis() * 1000 - WAY_US;
    return new Pingwave(RAW_NODE_ID, 1, 3, 0, sentUs, 0, 0, 0, PingwaveHealth.HEALTHY, 0).encode();
  }
}
