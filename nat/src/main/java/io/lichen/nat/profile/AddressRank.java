// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * From how far an address can be dialled, as far as its text tells (docs/wire/moss-mesh.md, "Peer
 * exchange").
 */
public enum AddressRank {
  /** Nobody dials it: loopback, link-local, multicast, no address at all, or a name. */
  OTHER,
  /** Inside one private network. */
  PRIVATE,
  /** Inside one provider's network: 100.64.0.0/10. */
  CARRIER,
  /** From everywhere. */
  PUBLIC;

  /** The rank of {@code host:port} or {@code host}. */
  public static AddressRank of(String address) {
    InetAddress host = literal(address);
    return host == null ? OTHER : of(host);
  }

  /** The rank of an address. */
  public static AddressRank of(InetAddress host) {
    if (host.isLoopbackAddress()
        || host.isAnyLocalAddress()
        || host.isLinkLocalAddress()
        || host.isMulticastAddress()) {
      return OTHER;
    }
    byte[] octets = host.getAddress();
    int first = octets[0] & 0xff;
    if (!(host instanceof Inet4Address)) {
      return (first & 0xfe) == 0xfc ? PRIVATE : PUBLIC;
    }
    if (host.getHostAddress().equals("255.255.255.255")) {
      return OTHER;
    }
    if (first == 100 && (octets[1] & 0xc0) == 64) {
      return CARRIER;
    }
    return host.isSiteLocalAddress() ? PRIVATE : PUBLIC;
  }

  /** Whether {@code host:port} is on this machine. */
  public static boolean isLoopback(String address) {
    InetAddress host = literal(address);
    return host != null && host.isLoopbackAddress();
  }

  /** Whether two texts name the same host, whatever their ports. */
  public static boolean isSameHost(String one, String other) {
    return hostOf(one).equals(hostOf(other));
  }

  private static @Nullable InetAddress literal(String address) {
    String host = hostOf(address);
    // A scope names an interface of whoever wrote it.
    if (host.indexOf('%') >= 0) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String hostOf(String address) {
    int colon = address.lastIndexOf(':');
    boolean hasPort = colon > 0 && (address.indexOf(':') == colon || address.charAt(0) == '[');
    String host = hasPort ? address.substring(0, colon) : address;
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }
}
