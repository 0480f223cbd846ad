// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeshInfoTest {
  @Test
  void shouldWriteNullAndLeaveOutWhatIsEmpty() {
    MeshInfo info =
        new MeshInfo(
            "a<b",
            41_030,
            "203.0.113.5:41030",
            0,
            List.of(),
            List.of(),
            0,
            List.of(),
            0,
            0,
            0,
            0,
            0,
            List.of(),
            "public",
            "2ba5",
            false,
            false,
            false);

    assertEquals(
        "{\"mesh_id\":\"a\\u003cb\",\"listen_port\":41030,\"advertised_addr\":\"203.0.113.5:41030\","
            + "\"peer_count\":0,\"peers\":null,\"known_peer_count\":0,\"direct_peer_count\":0,"
            + "\"relayed_peer_count\":0,\"relay_capable_peer_count\":0,\"relay_session_count\":0,"
            + "\"relay_route_count\":0,\"channels\":[],\"nat_type\":\"public\",\"public_key\":\"2ba5\","
            + "\"supernode_ready\":false,\"telemetry_enabled\":false,\"axiom_shipping\":false}",
        info.toJson());
  }

  @Test
  void shouldWriteEverythingInOrder() {
    MeshInfo info =
        new MeshInfo(
            "room",
            1,
            "h:1",
            2,
            List.of("a:7", "relay:b"),
            List.of(
                new MeshInfo.PeerDetail("aa", "a:7", false),
                new MeshInfo.PeerDetail("bb", "relay:b", true)),
            1,
            List.of("aa@a:7[direct]"),
            1,
            1,
            3,
            4,
            5,
            List.of("x", "y"),
            "unknown",
            "ff",
            true,
            true,
            false);

    assertEquals(
        "{\"mesh_id\":\"room\",\"listen_port\":1,\"advertised_addr\":\"h:1\",\"peer_count\":2,"
            + "\"peers\":[\"a:7\",\"relay:b\"],\"peer_details\":["
            + "{\"id\":\"aa\",\"addr\":\"a:7\",\"relayed\":false},"
            + "{\"id\":\"bb\",\"addr\":\"relay:b\",\"relayed\":true}],\"known_peer_count\":1,"
            + "\"known_peers\":[\"aa@a:7[direct]\"],\"direct_peer_count\":1,"
            + "\"relayed_peer_count\":1,\"relay_capable_peer_count\":3,\"relay_session_count\":4,"
            + "\"relay_route_count\":5,\"channels\":[\"x\",\"y\"],\"nat_type\":\"unknown\","
            + "\"public_key\":\"ff\",\"supernode_ready\":true,\"telemetry_enabled\":true,"
            + "\"axiom_shipping\":false}",
        info.toJson());
  }
}
