// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.lan;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The networks of this machine in which beacons are sent and heard. Immutable, thread-safe. */
public final class LocalNetworks {
  /** Where a node finds out what they are now. */
  @FunctionalInterface
  public interface Source {
    /** Looks. */
    LocalNetworks read() throws SocketException;
  }

  private final List<NetworkInterface> interfaces;
  private final List<InterfaceAddress> addresses;

  private LocalNetworks(List<NetworkInterface> interfaces) {
    this.interfaces = List.copyOf(interfaces);
    this.addresses =
        interfaces.stream()
            .flatMap(nic -> nic.getInterfaceAddresses().stream())
            .filter(address -> address.getAddress() instanceof Inet4Address)
            .toList();
  }

  /**
   * Those of a node.
   *
   * @param bound where the node listens: if that is one address, only its network is used, which
   *     for a node on loopback is no network at all
   * @param named the name or number of the one interface to be used, empty for all
   */
  public static LocalNetworks of(InetAddress bound, String named) throws SocketException {
    if (!bound.isAnyLocalAddress()) {
      return new LocalNetworks(
          Stream.ofNullable(NetworkInterface.getByInetAddress(bound)).toList());
    }
    Predicate<NetworkInterface> isNamed =
        nic ->
            named.isEmpty()
                || nic.getName().equals(named)
                || Integer.toString(nic.getIndex()).equals(named);
    return new LocalNetworks(
        NetworkInterface.networkInterfaces()
            .filter(isNamed)
            .filter(LocalNetworks::isUsable)
            .toList());
  }

  private static boolean isUsable(NetworkInterface nic) {
    try {
      return nic.isUp() && nic.supportsMulticast() && !nic.isLoopback() && !nic.isPointToPoint();
    } catch (SocketException e) {
      return false;
    }
  }

  /** The interfaces. */
  List<NetworkInterface> interfaces() {
    return interfaces;
  }

  /** The addresses under which all of a network hear. */
  List<InetAddress> broadcasts() {
    return addresses.stream().map(LocalNetworks::broadcast).filter(Objects::nonNull).toList();
  }

  /** The loopback network has such an address too, but nobody says so. */
  private static @Nullable InetAddress broadcast(InterfaceAddress address) {
    return address.getAddress().isLoopbackAddress()
        ? InetAddress.ofLiteral("127.255.255.255")
        : address.getBroadcast();
  }

  /** Whether an address belongs to one of the networks. */
  public boolean contains(InetAddress address) {
    return address instanceof Inet4Address
        && addresses.stream().anyMatch(local -> isIn(local, address));
  }

  private static boolean isIn(InterfaceAddress local, InetAddress address) {
    int prefix = local.getNetworkPrefixLength();
    int mask = prefix == 0 ? 0 : -1 << (Integer.SIZE - prefix);
    return ((bits(local.getAddress()) ^ bits(address)) & mask) == 0;
  }

  private static int bits(InetAddress address) {
    return ByteBuffer.wrap(address.getAddress()).getInt();
  }
}
