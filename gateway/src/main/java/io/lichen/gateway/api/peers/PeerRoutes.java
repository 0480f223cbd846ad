// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.peers;

import io.lichen.core.moss.MossNode;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerInfo;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers of the nodes behind a gateway, and what these nodes are behind. */
public final class PeerRoutes implements ApiRoutes {
  private final @Nullable MossNode moss;
  private final @Nullable NetNode net;

  /** Of one node, or of two. */
  public PeerRoutes(@Nullable MossNode moss, @Nullable NetNode net) {
    this.moss = moss;
    this.net = net;
  }

  @Override
  public void addTo(Router router) {
    router.get("/v1/peers", request -> Response.json(Map.of("peers", peers())));
    router.get("/v1/nat", request -> Response.json(nat()));
  }

  private List<Map<String, Object>> peers() {
    List<Map<String, Object>> peers = new ArrayList<>();
    if (moss != null) {
      moss.peers().forEach(peer -> peers.add(MossView.peer(peer)));
    }
    if (net != null) {
      Map<Long, Duration> roundTrips = net.roundTrips();
      for (PeerInfo peer : net.peers()) {
        long id = peer.nodeId();
        peers.add(NetView.peer(peer, net.nat().natType(id), roundTrips.get(id)));
      }
    }
    return peers;
  }

  /** The Moss node's, which knows more, where there are two. */
  private Map<String, Object> nat() {
    if (moss != null) {
      return MossView.nat(moss.natReport());
    }
    return net == null ? Map.of() : NetView.nat(net.nat());
  }
}
