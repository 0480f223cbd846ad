// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.cache.PeerCache;
import io.lichen.core.moss.discovery.cache.PeerCacheFile;
import io.lichen.core.moss.discovery.lan.BeaconFilter;
import io.lichen.core.moss.discovery.lan.LanBeacon;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Addresses, beacons and the peer cache. */
final class DiscoveryChecks {
  /** The node that sent and heard the recorded beacons. */
  private static final String OWN_ID =
      "2ba514b202ff5d1091d82e1636e30e88f08909e6b884c0c05ff2b91247c460fc";

  private static final String NETWORK = "lichen-vectors";
  private static final int OWN_PORT = 41_030;
  private static final long NOW_UNIX = 1_700_000_000;
  private static final long TTL_SEC = 500;

  private DiscoveryChecks() {}

  static ObjectNode sameEndpoint(JsonNode vector) {
    Optional<Endpoint> a = Endpoint.parse(text(vector, "a"));
    return object().put("same", a.isPresent() && a.equals(Endpoint.parse(text(vector, "b"))));
  }

  static ObjectNode transportBeacon(Vector vector) {
    JsonNode inputs = vector.inputs();
    LanBeacon beacon =
        new LanBeacon(
            text(inputs, "mesh_id"),
            text(inputs, "peer_id"),
            inputs.path("listen_port").longValue(),
            inputs.path("advertised_addr").asText(""),
            inputs.path("nat_type").asText(""),
            inputs.path("public_reachable").asBoolean(),
            inputs.path("relay_capable").asBoolean());
    return object().put("json_utf8", utf8(beacon.encode()));
  }

  static ObjectNode beaconHeard(JsonNode vector) {
    BeaconFilter filter = new BeaconFilter(NETWORK, OWN_ID, 1, source -> true, 0);
    byte[] beacon = text(vector, "json").getBytes(StandardCharsets.UTF_8);
    InetAddress source = InetAddress.ofLiteral("192.0.2.7");
    return object().put("accepted", filter.receive(source, beacon, 0).isPresent());
  }

  /** What the state says in words: NAT type, external address, and two flags. */
  static ObjectNode beaconSent(JsonNode vector) {
    String state = text(vector, "state");
    LanBeacon beacon =
        new LanBeacon(
            NETWORK,
            OWN_ID,
            OWN_PORT,
            state.replaceFirst(".*external ([^,]*).*", "$1"),
            state.replaceFirst(",.*", ""),
            state.contains(", reachable"),
            state.contains(", supernode"));
    return object().put("json", utf8(beacon.encode()));
  }

  static ObjectNode peerCache(JsonNode vector) throws IOException {
    Path folder = Files.createTempDirectory("peer-cache");
    Path path = folder.resolve("peers.json");
    try {
      PeerCacheFile file = new PeerCacheFile(path);
      file.save(cache(vector).newestFirst());
      ObjectNode answer = object().put("written", Files.exists(path));
      if (Files.notExists(path)) {
        return answer.putNull("file_order").putNull("loaded_with_ttl_500s");
      }
      ArrayNode order = answer.putArray("file_order");
      PeerCache loaded = new PeerCache(vector.path("max").intValue());
      for (PeerCache.Entry entry : file.load()) {
        order.add(entry.address().toString());
        loaded.seen(entry.address(), entry.lastSeenUnix());
      }
      TrackerChecks.addAll(
          answer.putArray("loaded_with_ttl_500s"), loaded.fresh(TTL_SEC, NOW_UNIX));
      return answer;
    } finally {
      Files.deleteIfExists(path);
      Files.delete(folder);
    }
  }

  private static PeerCache cache(JsonNode vector) {
    PeerCache cache = new PeerCache(vector.path("max").intValue());
    for (JsonNode peer : vector.path("peers")) {
      cache.seen(
          Endpoint.parse(text(peer, "addr")).orElseThrow(),
          NOW_UNIX - peer.path("age_s").longValue());
    }
    return cache;
  }
}
