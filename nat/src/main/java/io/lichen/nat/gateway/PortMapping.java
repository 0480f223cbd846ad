// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * A port that a gateway holds open.
 *
 * @param external where the gateway is reached from its other side
 * @param kinds for what; a port that is another one for TCP than for UDP counts for UDP alone
 * @param protocol how the gateway was asked
 */
public record PortMapping(InetSocketAddress external, Set<PortKind> kinds, String protocol) {
  /** Keeps a copy. */
  public PortMapping {
    kinds = Set.copyOf(kinds);
  }

  /**
   * Whether a gateway can have this address on its other side: a private one it can, if there is
   * another gateway behind it.
   */
  public static boolean isPossible(InetAddress external) {
    byte[] octets = external.getAddress();
    boolean reserved =
        octets.length == Integer.BYTES && (octets[0] == 0 || (octets[0] & 0xf0) == 0xf0);
    return !(reserved
        || external.isAnyLocalAddress()
        || external.isLoopbackAddress()
        || external.isLinkLocalAddress()
        || external.isMulticastAddress());
  }
}
