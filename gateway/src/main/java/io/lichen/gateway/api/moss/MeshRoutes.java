// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import io.lichen.core.moss.MeshInfo;
import io.lichen.core.moss.MossNode;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.api.routes.JsonFields;
import io.lichen.gateway.api.routes.NativeErrors;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The state of a Moss node, and sessions on request. */
public final class MeshRoutes implements ApiRoutes {
  private static final Set<String> CONNECT_FIELDS = Set.of("addr");

  private final MossNode node;

  /** Of a node. */
  public MeshRoutes(MossNode node) {
    this.node = node;
  }

  @Override
  public void addTo(Router router) {
    router.get("/v1/mesh", request -> Response.json(mesh(node.info())));
    router.post("/v1/mesh/connect", NativeErrors.told(this::connect));
    router.get("/v1/channels", request -> Response.json(Map.of("channels", channels(node.info()))));
  }

  @Override
  public void describe(Map<String, Object> info) {
    MeshInfo mesh = node.info();
    Map<String, Object> moss = new LinkedHashMap<>();
    moss.put("id", mesh.publicKey());
    moss.put("mesh_id", mesh.meshId());
    moss.put("running", isReady());
    moss.put("listen_port", mesh.listenPort());
    moss.put("advertised_addr", mesh.advertisedAddress());
    moss.put("max_publish_bytes", node.maxPublishBytes());
    info.put("moss", moss);
  }

  /** A node has a port from its start to its stop. */
  @Override
  public boolean isReady() {
    return node.info().listenPort() != 0;
  }

  /** The eight fields that the native API's documentation has; its program adds some. */
  private static Map<String, Object> mesh(MeshInfo info) {
    Map<String, Object> mesh = new LinkedHashMap<>();
    mesh.put("mesh_id", info.meshId());
    mesh.put("listen_port", info.listenPort());
    mesh.put("peer_count", info.peerCount());
    mesh.put("peers", info.peers());
    mesh.put("channels", channels(info));
    mesh.put("nat_type", info.natType());
    mesh.put("public_key", info.publicKey());
    mesh.put("supernode_ready", info.supernodeReady());
    return mesh;
  }

  private static List<String> channels(MeshInfo info) {
    return info.channels().stream().sorted().toList();
  }

  private Response connect(Request request) {
    node.connect(JsonFields.ofBody(request, CONNECT_FIELDS).text("addr"));
    return Response.of(204);
  }
}
