// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.nat.MappingProtocol;
import io.lichen.core.nat.NonceSecret;
import io.lichen.core.nat.PortMapperCounters;
import io.lichen.core.nat.local.LocalNetwork;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodePortMappingTest {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final PortMapperCounters counters = new PortMapperCounters();

  private NodePortMapping mapping(String config, String host) {
    return new NodePortMapping(
        MossConfig.parse(config),
        new InetSocketAddress(host, 41030),
        1_000_000_000L,
        NonceSecret.of(new byte[] {7}),
        LocalNetwork::none,
        counters,
        external -> told.add(String.valueOf(external)));
  }

  @Test
  void shouldAskByWhatTheConfigurationAllows() {
    assertEquals(Set.of(), NodePortMapping.protocols(MossConfig.defaults().nat()));
    assertEquals(
        Set.of(MappingProtocol.UPNP, MappingProtocol.PCP),
        NodePortMapping.protocols(
            MossConfig.parse("{\"nat\":{\"upnp_enabled\":true,\"pcp_enabled\":true}}").nat()));
  }

  @Test
  void shouldSayThatNoRouterOpensThePort() throws Exception {
    try (NodePortMapping mapping = mapping("{\"nat\":{\"natpmp_enabled\":true}}", "0.0.0.0")) {
      assertEquals("null", told.poll(20, TimeUnit.SECONDS));
      assertFalse(mapping.isOpen());
    }
  }

  @Test
  void shouldAskNobodyOnLoopbackOrWithoutProtocol() throws Exception {
    try (NodePortMapping loopback = mapping("{\"nat\":{\"pcp_enabled\":true}}", "127.0.0.1");
        NodePortMapping none = mapping("{}", "0.0.0.0")) {
      loopback.networkChanged();
      none.networkChanged();
      assertNull(told.poll(200, TimeUnit.MILLISECONDS));
      assertEquals(0, counters.notFound.sum());
    }
  }
}
