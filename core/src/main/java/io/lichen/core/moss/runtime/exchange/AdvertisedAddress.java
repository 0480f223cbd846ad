// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.runtime.peer.SocketAddresses;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.NatProfile;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where this node says it can be reached (docs/wire/moss-mesh.md, "Advertised address"). The node's
 * loop only.
 */
public final class AdvertisedAddress {
  private final InetSocketAddress bound;
  private final Supplier<Stream<InetAddress>> remotes;
  private final Supplier<Optional<InetAddress>> interfaceAddress;
  private final Supplier<NatProfile> profile;

  /**
   * Makes one.
   *
   * @param bound the listening address
   * @param remotes the addresses of the connected peers
   * @param profile how others see the node
   */
  public AdvertisedAddress(
      InetSocketAddress bound,
      Supplier<Stream<InetAddress>> remotes,
      Supplier<Optional<InetAddress>> interfaceAddress,
      Supplier<NatProfile> profile) {
    this.bound = bound;
    this.remotes = remotes;
    this.interfaceAddress = interfaceAddress;
    this.profile = profile;
  }

  /** {@code host:port}. */
  public String text() {
    InetSocketAddress external = profile.get().external();
    if (external != null && AddressRank.of(external.getAddress()) != AddressRank.OTHER) {
      return SocketAddresses.text(external);
    }
    return SocketAddresses.text(new InetSocketAddress(host(), bound.getPort()));
  }

  private InetAddress host() {
    if (!bound.getAddress().isAnyLocalAddress()) {
      return bound.getAddress();
    }
    List<InetAddress> known = remotes.get().toList();
    if (!known.isEmpty() && known.stream().allMatch(InetAddress::isLoopbackAddress)) {
      return LOOPBACK;
    }
    return interfaceAddress.get().orElse(LOOPBACK);
  }

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** The best IPv4 address of this machine: a private one first, then a public one. */
  public static Optional<InetAddress> ofThisMachine() {
    try {
      return best(
          NetworkInterface.networkInterfaces()
              .filter(AdvertisedAddress::isUsable)
              .flatMap(NetworkInterface::inetAddresses));
    } catch (SocketException e) {
      // Without a list of interfaces there is nothing better to say than loopback.
      return Optional.empty();
    }
  }

  /** The best of these. */
  public static Optional<InetAddress> best(Stream<InetAddress> addresses) {
    return addresses
        .filter(Inet4Address.class::isInstance)
        .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
        .min(
            Comparator.comparing((InetAddress a) -> !a.isSiteLocalAddress())
                .thenComparing(InetAddress::getHostAddress));
  }

  private static boolean isUsable(NetworkInterface candidate) {
    try {
      return candidate.isUp()
          && !candidate.isLoopback()
          && !candidate.isPointToPoint()
          && !VirtualInterfaces.matches(candidate.getName())
          && !VirtualInterfaces.matches(candidate.getDisplayName());
    } catch (SocketException e) {
      return false;
    }
  }
}
