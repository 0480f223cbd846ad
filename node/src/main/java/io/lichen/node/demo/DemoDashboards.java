// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import io.lichen.gateway.api.Gateway;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gateways to the first nodes, on loopback. */
final class DemoDashboards implements AutoCloseable {
  private static final int GATEWAYS = 2;

  private final List<Gateway> gateways = new ArrayList<>();

  private DemoDashboards() {}

  /**
   * Opens them.
   *
   * @param port of the first, the others follow; 0 for any, null for none
   */
  static DemoDashboards of(List<DemoNode> nodes, @Nullable Integer port) {
    DemoDashboards dashboards = new DemoDashboards();
    try {
      for (int i = 0; port != null && i < GATEWAYS; i++) {
        InetSocketAddress bind =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port == 0 ? 0 : port + i);
        dashboards.gateways.add(Gateway.builder().moss(nodes.get(i).node()).bind(bind).start());
      }
      return dashboards;
    } catch (RuntimeException e) {
      dashboards.close();
      throw e;
    }
  }

  List<String> urls() {
    return gateways.stream()
        .map(gateway -> "http://127.0.0.1:" + gateway.address().getPort() + "/")
        .toList();
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::close);
  }
}
