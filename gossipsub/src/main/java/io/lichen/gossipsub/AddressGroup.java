// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which peers are taken to be at one place (docs/wire/moss-gossip.md, "Scores"): those with the
 * same public IPv4 address, or the same /64 of IPv6, within which one host has all addresses that
 * it wants.
 */
public final class AddressGroup {
  private static final int IPV6_NETWORK_BYTES = 8;

  private AddressGroup() {}

  /**
   * The group of an address; null for those at which many unrelated peers may be: loopback, private
   * (also fc00::/7), link-local, multicast, unspecified, and 100.64.0.0/10 of carriers' NAT.
   */
  public static @Nullable String of(InetAddress address) {
    byte[] octets = address.getAddress();
    if (address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()
        || isShared(octets)) {
      return null;
    }
    int length = address instanceof Inet4Address ? octets.length : IPV6_NETWORK_BYTES;
    return HexFormat.of().formatHex(octets, 0, length);
  }

  private static boolean isShared(byte[] octets) {
    return octets.length == 4
        ? octets[0] == 100 && (octets[1] & 0xC0) == 64
        : (octets[0] & 0xFE) == 0xFC;
  }
}
