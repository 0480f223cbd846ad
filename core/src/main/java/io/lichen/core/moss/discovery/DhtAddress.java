// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/**
 * Where the DHT's socket is bound: at the address at which the node listens, if that is one; else
 * at that of the interface to be used, if one is named. The DHT takes a node to be where its
 * datagrams come from, so they must not come from elsewhere. Stateless.
 */
final class DhtAddress {
  private DhtAddress() {}

  /**
   * The address and port.
   *
   * @throws IOException if there is no IPv4 address to bind
   */
  static InetSocketAddress of(DiscoverySettings settings) throws IOException {
    int port = Math.toIntExact(settings.dhtPort());
    InetAddress bound = settings.bound();
    if (bound instanceof Inet4Address && !bound.isAnyLocalAddress()) {
      return new InetSocketAddress(bound, port);
    }
    if (!bound.isAnyLocalAddress()) {
      throw new IOException("it needs IPv4, and this node listens at " + bound.getHostAddress());
    }
    return settings.bindInterface().isEmpty()
        ? new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port)
        : new InetSocketAddress(addressOf(settings.bindInterface()), port);
  }

  private static InetAddress addressOf(String name) throws IOException {
    return NetworkInterface.networkInterfaces()
        .filter(nic -> nic.getName().equals(name) || Integer.toString(nic.getIndex()).equals(name))
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .findFirst()
        .orElseThrow(() -> new IOException("no IPv4 address at the interface " + name));
  }
}
