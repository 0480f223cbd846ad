// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Writes {@link MeshInfo} as the native does, octet for octet. */
final class MeshInfoJson {
  private static final int TYPICAL_BYTES = 512;

  private final JsonWriter json = new JsonWriter(TYPICAL_BYTES);

  private MeshInfoJson() {}

  static String write(MeshInfo info) {
    MeshInfoJson writer = new MeshInfoJson();
    writer.json.ascii("{\"mesh_id\":").string(info.meshId());
    writer.number("listen_port", info.listenPort());
    writer.text("advertised_addr", info.advertisedAddress());
    writer.peers(info);
    writer.number("direct_peer_count", info.directPeerCount());
    writer.number("relayed_peer_count", info.relayedPeerCount());
    writer.number("relay_capable_peer_count", info.relayCapablePeerCount());
    writer.number("relay_session_count", info.relaySessionCount());
    writer.number("relay_route_count", info.relayRouteCount());
    writer.key("channels").list(info.channels(), writer.json::string);
    writer.text("nat_type", info.natType());
    writer.text("public_key", info.publicKey());
    writer.flag("supernode_ready", info.supernodeReady());
    writer.flag("telemetry_enabled", info.telemetryEnabled());
    writer.flag("axiom_shipping", info.axiomShipping());
    return new String(writer.json.raw('}').toByteArray(), StandardCharsets.UTF_8);
  }

  private void peers(MeshInfo info) {
    number("peer_count", info.peerCount());
    key("peers");
    if (info.peers().isEmpty()) {
      json.ascii("null");
    } else {
      list(info.peers(), json::string);
    }
    if (!info.peerDetails().isEmpty()) {
      key("peer_details").list(info.peerDetails(), this::detail);
    }
    number("known_peer_count", info.knownPeerCount());
    if (!info.knownPeers().isEmpty()) {
      key("known_peers").list(info.knownPeers(), json::string);
    }
  }

  private void detail(MeshInfo.PeerDetail peer) {
    json.ascii("{\"id\":").string(peer.id());
    text("addr", peer.address());
    flag("relayed", peer.relayed());
    json.raw('}');
  }

  private <T> void list(List<T> items, Consumer<T> element) {
    char separator = '[';
    for (T item : items) {
      json.raw(separator);
      element.accept(item);
      separator = ',';
    }
    json.ascii(items.isEmpty() ? "[]" : "]");
  }

  private MeshInfoJson key(String name) {
    json.raw(',').string(name).raw(':');
    return this;
  }

  private void number(String name, int value) {
    key(name);
    json.number(value);
  }

  private void text(String name, String value) {
    key(name);
    json.string(value);
  }

  private void flag(String name, boolean value) {
    key(name);
    json.ascii(value ? "true" : "false");
  }
}
