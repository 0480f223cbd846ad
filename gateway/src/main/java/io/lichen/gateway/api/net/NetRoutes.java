// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.net;

import io.lichen.core.net.NetNode;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a Net node knows: itself, its peers, channels, what it is behind, and what it counts. */
public final class NetRoutes implements ApiRoutes {
  private final NetNode node;

  /** Of a node. */
  public NetRoutes(NetNode node) {
    this.node = node;
  }

  @Override
  public void addTo(Router router) {
    router.get("/v1/net", _ -> Response.json(NetView.of(node)));
  }

  @Override
  public void describe(Map<String, Object> info) {
    Map<String, Object> net = new LinkedHashMap<>();
    net.put("node_id", Long.toUnsignedString(node.nodeId()));
    net.put("running", node.isStarted());
    net.put("address", NetView.text(node.address()));
    info.put("net", net);
  }

  @Override
  public boolean isReady() {
    return node.isStarted();
  }
}
