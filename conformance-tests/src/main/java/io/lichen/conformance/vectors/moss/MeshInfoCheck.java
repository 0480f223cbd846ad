// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.core.moss.MeshInfo;
import io.lichen.core.moss.MeshInfo.PeerDetail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The text of the mesh info, of a public node on port 41030 that has what the setup says. */
final class MeshInfoCheck {
  private static final int PORT = 41_030;
  private static final int SUPERNODE_UPTIME_S = 300;

  private MeshInfoCheck() {}

  static ObjectNode answer(JsonNode vector) throws IOException {
    JsonNode setup = vector.path("setup");
    JsonNode direct = setup.path("direct_peer");
    JsonNode relayed = setup.path("relayed_peer");
    List<PeerDetail> peers = new ArrayList<>();
    List<String> known = new ArrayList<>();
    if (direct.isObject()) {
      peers.add(new PeerDetail(text(direct, "id"), text(direct, "addr"), false));
      known.add(line(text(direct, "id"), text(direct, "addr"), "[direct]"));
    }
    if (relayed.isObject()) {
      peers.add(new PeerDetail(text(relayed, "id"), "relay:" + text(relayed, "via"), true));
      known.add(line(text(relayed, "id"), text(relayed, "known_addr"), "[known]"));
    }
    peers.sort(Comparator.comparing(PeerDetail::id));
    List<String> channels = new ArrayList<>();
    setup.path("subscribed").forEach(channel -> channels.add(channel.asText()));
    MeshInfo info = info(setup, peers, known.stream().sorted().toList(), channels);
    return object().put("json", info.toJson());
  }

  private static MeshInfo info(
      JsonNode setup, List<PeerDetail> peers, List<String> known, List<String> channels)
      throws IOException {
    int relayed = (int) peers.stream().filter(PeerDetail::relayed).count();
    return new MeshInfo(
        text(setup, "mesh_id"),
        PORT,
        "203.0.113.5:" + PORT,
        peers.size(),
        peers.stream().map(PeerDetail::address).sorted().toList(),
        peers,
        known.size(),
        known,
        peers.size() - relayed,
        relayed,
        setup.path("direct_peer").path("relay").booleanValue() ? 1 : 0,
        relayed,
        setup.path("relay_routes").intValue(),
        channels,
        "public",
        RecordedIdentities.of(setup).peerId().hex(),
        setup.path("uptime_s").intValue() >= SUPERNODE_UPTIME_S,
        false,
        false);
  }

  private static String line(String id, String address, String mark) {
    return id.substring(0, 8) + "@" + address + mark;
  }
}
