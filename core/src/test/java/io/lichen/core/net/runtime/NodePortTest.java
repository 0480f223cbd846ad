// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.nat.NonceSecret;
import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetNode;
import io.lichen.nat.gateway.PortKind;
import io.lichen.nat.gateway.PortMapping;
import io.lichen.transport.net.NetTransport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A port that a router keeps open, or does not. */
class NodePortTest {
  private static final InetSocketAddress EXTERNAL = new InetSocketAddress("203.0.113.9", 4242);

  private final List<InetSocketAddress> told = new ArrayList<>();
  private final NodePort port = new NodePort(NonceSecret.of(new byte[] {7}), told::add);

  @Test
  void shouldTellWhereItsPortIsOpen() {
    port.onMapped(new PortMapping(EXTERNAL, Set.of(PortKind.UDP, PortKind.TCP), "PCP"));
    assertTrue(port.isOpen());
    port.onUnmapped("the router is gone");
    assertFalse(port.isOpen());

    assertEquals(2, told.size());
    assertEquals(EXTERNAL, told.getFirst());
    assertEquals(null, told.getLast());
  }

  @Test
  void shouldNotCountAPortThatIsOpenForTcpAlone() {
    port.onMapped(new PortMapping(EXTERNAL, Set.of(PortKind.TCP), "UPnP"));

    assertFalse(port.isOpen());
  }

  @Test
  void shouldAskRoutersFromTheStartToTheEndOfTheNode() {
    NetConfig.Nat nat = new NetConfig.Nat(null, false, true);
    try (NetNodes nodes = new NetNodes(NetTransport::open)) {
      // On loopback there is no router, which is found out at once.
      NetNode node = nodes.started(NetNodes.quick().withNat(nat));

      NetNodes.await(
          "routers were looked for",
          () -> NetNodeContract.counter(node, "nat.port.not_found") >= 1);
      assertEquals(0, NetNodeContract.counter(node, "nat.port.open"));
    }
  }
}
