// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.transport.wait.Await;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetRoutesTest {
  private final NetNode node = NetNode.builder().psk(new byte[32]).build();
  private final NetNode other = NetNode.builder().psk(new byte[32]).build();
  private final Gateway gateway = Gateway.builder().net(node).start();
  private final ApiClient client = new ApiClient(gateway);

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    node.close();
    other.close();
  }

  @Test
  void shouldHaveNoRoutesOfPartsThatDoNotRun() {
    for (String path : List.of("/v1/stats", "/v1/mesh", "/v1/log/level")) {
      assertEquals(404, client.get(path).statusCode(), path);
    }
    assertEquals(200, client.get("/v1/redex").statusCode());
  }

  @Test
  void shouldShowTheNodeItsPeersAndChannels() {
    assertEquals(503, client.get("/readyz").statusCode());
    node.start();
    assertEquals(200, client.get("/readyz").statusCode());
    other.start();
    other.connect(node.address(), node.publicKey(), node.nodeId());
    other.channels().register("theirs", ChannelConfig.open());
    node.channels().register("lab/metrics", ChannelConfig.open());
    Await.until(() -> node.peers().size() == 1);
    other.channels().subscribe(node.nodeId(), "lab/metrics");
    node.channels().subscribe(other.nodeId(), "theirs");
    node.capabilities().announce(CapabilitySet.builder().tag("blue").build());

    JsonNode net = client.json("/v1/net");
    assertEquals(Long.toUnsignedString(node.nodeId()), net.get("node_id").asText());
    assertEquals(node.entityId().hex(), net.get("entity_id").asText());
    assertEquals("127.0.0.1:" + node.address().getPort(), net.get("address").asText());
    JsonNode peer = net.at("/peers/0");
    assertEquals(Long.toUnsignedString(other.nodeId()), peer.get("node_id").asText());
    assertEquals("direct", peer.get("path").asText());
    assertEquals("alive", peer.get("state").asText());
    assertTrue(peer.has("rtt_ms"));
    assertEquals("[{\"name\":\"lab/metrics\",\"subscribers\":1}]", net.get("channels").toString());
    assertEquals("theirs", net.at("/subscriptions/0/channel").asText());
    assertTrue(net.get("capabilities").toString().contains("blue"));
    assertEquals(1, net.at("/stats/counters/sessions").asInt());
    assertEquals(
        Long.toUnsignedString(node.nodeId()), client.json("/v1/info").at("/net/node_id").asText());
  }
}
