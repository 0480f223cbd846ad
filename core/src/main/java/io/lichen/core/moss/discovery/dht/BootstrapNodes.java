// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes to begin with, by name. Stateless. */
final class BootstrapNodes {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapNodes.class);
  private static final int MAX_PORT = 65_535;

  private BootstrapNodes() {}

  /** The IPv4 addresses of all {@code host:port} that have some; asks the name service. */
  static List<Endpoint> resolve(List<String> names) {
    List<Endpoint> nodes = new ArrayList<>();
    for (String name : names) {
      try {
        addAll(nodes, name);
      } catch (UnknownHostException | IllegalArgumentException e) {
        LOG.debug("No bootstrap node at {}: {}", name, e.getMessage());
      }
    }
    return nodes;
  }

  private static void addAll(List<Endpoint> nodes, String name) throws UnknownHostException {
    int colon = name.lastIndexOf(':');
    int port = Integer.parseInt(name.substring(colon + 1));
    if (colon <= 0 || port <= 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("expected host:port");
    }
    for (InetAddress host : InetAddress.getAllByName(name.substring(0, colon))) {
      if (host instanceof Inet4Address) {
        nodes.add(new Endpoint(host, port));
      }
    }
  }
}
