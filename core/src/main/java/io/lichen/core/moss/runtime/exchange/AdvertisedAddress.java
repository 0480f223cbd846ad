// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.runtime.peer.SocketAddresses;
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
 * Where this node says it can be reached as long as nobody outside has told it
 * (docs/wire/moss-mesh.md, "Advertised address"). The node's loop only.
 */
public final class AdvertisedAddress {
  /** What NAT this node is behind: nobody has looked yet. */
  public static final String NAT_TYPE = "unknown";

  private final InetSocketAddress bound;
  private final Supplier<Stream<InetAddress>> remotes;
  private final Supplier<Optional<InetAddress>> interfaceAddress;

  /**
   * Makes one.
   *
   * @param bound the listening address
   * @param remotes the addresses of the connected peers
   */
  public AdvertisedAddress(
      InetSocketAddress bound,
      Supplier<Stream<InetAddress>> remotes,
      Supplier<Optional<InetAddress>> interfaceAddress) {
    this.bound = bound;
    this.remotes = remotes;
    this.interfaceAddress = interfaceAddress;
  }

  /** {@code host:port}. */
  public String text() {
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
