// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which routers a node may ask for ports (docs/wire/port-mapping.md, "Gateways"): those of the
 * default routes. Where routes are not known, or the named interface has none, the first address of
 * each private network is taken for one. Stateless.
 */
public final class Uplinks {
  /** More are not asked. */
  public static final int MAX = 4;

  private Uplinks() {}

  /**
   * The ways out of a node, the preferred first.
   *
   * @param bound where the node listens: all addresses, or the only one that counts
   * @param named the name or number of the only interface that counts, empty for all
   */
  public static List<Uplink> of(LocalNetwork network, InetAddress bound, String named) {
    List<LocalAddress> own =
        network.addresses().stream()
            .filter(LocalAddress::isUsableIpv4)
            .filter(each -> bound.isAnyLocalAddress() || bound.equals(each.address()))
            .filter(each -> each.isNamed(named))
            .toList();
    List<Uplink> routed =
        network.routes().stream().flatMap(route -> over(route, own).stream()).distinct().toList();
    boolean guess = routed.isEmpty() && (!network.hasRoutingTable() || !named.isEmpty());
    Stream<Uplink> found = guess ? own.stream().flatMap(Uplinks::guessed) : routed.stream();
    return found.limit(MAX).toList();
  }

  private static Optional<Uplink> over(DefaultRoute route, List<LocalAddress> own) {
    return route.gateway() instanceof Inet4Address
        ? own.stream()
            .filter(each -> each.interfaceName().equals(route.interfaceName()))
            .min(Comparator.comparing(each -> !each.isNear(route.gateway())))
            .map(each -> new Uplink(each, route.gateway()))
        : Optional.empty();
  }

  private static Stream<Uplink> guessed(LocalAddress own) {
    InetAddress first = own.firstOfNetwork();
    boolean possible = own.address().isSiteLocalAddress() && !first.equals(own.address());
    return possible ? Stream.of(new Uplink(own, first)) : Stream.empty();
  }
}
