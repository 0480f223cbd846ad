// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import io.lichen.conformance.moss.MeshPeers;
import io.lichen.conformance.moss.PeerSpec;
import io.lichen.conformance.netns.Namespaces;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A machine with two interfaces: one behind a router, to which its default route leads, and one on
 * the public segment. Nodes that keep to one of them are seen from there.
 */
class BindInterfaceTest extends InternetScenario {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String SIDE = "side";
  private static final String SIDE_ADDRESS = "203.0.113.77";

  @Test
  void shouldOpenSessionsOverTheNamedInterfaceAlone() {
    Router router = internet().router(NatKind.FULL_CONE);
    Host both = router.host();
    internet().plug(both.namespace(), SIDE);
    Namespaces.ip(
        both.namespace(),
        "address add " + SIDE_ADDRESS + "/32 dev " + SIDE,
        "route add default dev " + SIDE + " metric 100");
    try (MeshPeers peers = new MeshPeers(Path.of("target", "interop", "BindInterface"))) {
      Host there = internet().host();
      MeshPeer outside = peers.start(spec("{}", there).withListen(there.address(), 0));
      assertEquals(router.external(), seenAt(outside, peers.start(spec("{}", both))));
      assertEquals(
          SIDE_ADDRESS,
          seenAt(outside, peers.start(spec("{\"bind_interface\":\"" + SIDE + "\"}", both))));
      assertEquals(
          router.external(),
          seenAt(outside, peers.start(spec("{\"bind_interface\":\"wan\"}", both))));
    }
  }

  private static PeerSpec spec(String config, Host host) {
    return PeerSpec.of(Driver.JAVA, Era.C, "grove")
        .withConfig(config)
        .withListen("0.0.0.0", 0)
        .withNamespace(host.namespace());
  }

  private static String seenAt(MeshPeer outside, MeshPeer node) {
    assertEquals(0, node.connect(outside.address()));
    Waits.until("it is a peer", LIMIT, () -> outside.isConnectedTo(node.id()));
    for (JsonNode detail : outside.info().path("peer_details")) {
      if (detail.path("id").asText().equals(node.id())) {
        String address = detail.path("addr").asText();
        return address.substring(0, address.lastIndexOf(':'));
      }
    }
    return "nowhere";
  }
}
