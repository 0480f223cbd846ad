// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lichen.core.moss.MeshInfo;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The mesh info as the native API writes it: same keys, same order, {@code null} for no peers and
 * absent lists where it has them (docs/wire/moss-mesh.md, "Mesh info").
 */
final class MeshInfoJson {
  private static final JsonFactory JSON = new JsonFactory();

  private MeshInfoJson() {}

  static String of(MeshInfo info) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      writePeers(json, info);
      writeCounts(json, info);
      strings(json, "channels", info.channels());
      json.writeStringField("nat_type", info.natType());
      json.writeStringField("public_key", info.publicKey());
      json.writeBooleanField("supernode_ready", info.supernodeReady());
      json.writeBooleanField("telemetry_enabled", info.telemetryEnabled());
      json.writeBooleanField("axiom_shipping", info.axiomShipping());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writePeers(JsonGenerator json, MeshInfo info) throws IOException {
    json.writeStringField("mesh_id", info.meshId());
    json.writeNumberField("listen_port", info.listenPort());
    json.writeStringField("advertised_addr", info.advertisedAddress());
    json.writeNumberField("peer_count", info.peerCount());
    if (info.peers().isEmpty()) {
      json.writeNullField("peers");
    } else {
      strings(json, "peers", info.peers());
    }
    if (!info.peerDetails().isEmpty()) {
      json.writeArrayFieldStart("peer_details");
      for (MeshInfo.PeerDetail detail : info.peerDetails()) {
        json.writeStartObject();
        json.writeStringField("id", detail.id());
        json.writeStringField("addr", detail.address());
        json.writeBooleanField("relayed", detail.relayed());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeNumberField("known_peer_count", info.knownPeerCount());
    if (!info.knownPeers().isEmpty()) {
      strings(json, "known_peers", info.knownPeers());
    }
  }

  private static void writeCounts(JsonGenerator json, MeshInfo info) throws IOException {
    json.writeNumberField("direct_peer_count", info.directPeerCount());
    json.writeNumberField("relayed_peer_count", info.relayedPeerCount());
    json.writeNumberField("relay_capable_peer_count", info.relayCapablePeerCount());
    json.writeNumberField("relay_session_count", info.relaySessionCount());
    json.writeNumberField("relay_route_count", info.relayRouteCount());
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
