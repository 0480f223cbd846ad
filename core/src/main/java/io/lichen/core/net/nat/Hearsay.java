// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Which addresses a datagram may be sent to because somebody else said so. */
public final class Hearsay {
  private Hearsay() {}

  /**
   * Whether an address may be tried.
   *
   * @param teller where the one is who names it: what is on this very machine may be named only
   *     from there
   */
  public static boolean isUsable(InetSocketAddress address, InetSocketAddress teller) {
    InetAddress host = address.getAddress();
    return address.getPort() != 0
        && !address.equals(teller)
        && !host.isAnyLocalAddress()
        && !host.isMulticastAddress()
        && !host.isLinkLocalAddress()
        && (!host.isLoopbackAddress() || teller.getAddress().isLoopbackAddress());
  }
}
