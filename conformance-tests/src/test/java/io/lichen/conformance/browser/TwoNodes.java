// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.browser;

import io.lichen.core.moss.MossNode;
import io.lichen.gateway.api.Gateway;
import io.lichen.gateway.api.GatewayBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.UnaryOperator;

/** Two nodes that are connected, on loopback, with a gateway each. */
final class TwoNodes implements AutoCloseable {
  static final String CHANNEL = "talk";

  private static final String QUIET =
      """
      {"trackers":[],"dht_enabled":false,"lan_discovery_enabled":false,
       "telemetry":{"enabled":false}}
      """;

  final MossNode a = start();
  final MossNode b = start();
  private final Gateway gatewayA = gateway(a, 0, builder -> builder);
  private final Gateway gatewayB = gateway(b, 0, builder -> builder);

  TwoNodes() {
    a.connect("127.0.0.1:" + b.info().listenPort());
  }

  URI pageA() {
    return page(gatewayA);
  }

  URI pageB() {
    return page(gatewayB);
  }

  static URI page(Gateway gateway) {
    return URI.create("http://127.0.0.1:" + gateway.address().getPort() + "/");
  }

  /** A further gateway of a node; port 0 lets the system choose. */
  static Gateway gateway(MossNode node, int port, UnaryOperator<GatewayBuilder> more) {
    InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return more.apply(Gateway.builder().moss(node).bind(bind)).start();
  }

  @Override
  public void close() {
    gatewayA.close();
    gatewayB.close();
    a.close();
    b.close();
  }

  private static MossNode start() {
    MossNode node = MossNode.builder("grove").config(QUIET).listen("127.0.0.1", 0).build();
    node.subscribe(CHANNEL);
    node.start();
    return node;
  }
}
