// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of peers, one spelling for each. */
public final class Remotes {
  private Remotes() {}

  /**
   * The same address without the zone {@code %0} that the system puts on addresses which need none:
   * as text it would be another address.
   */
  public static InetSocketAddress withoutNeedlessZone(InetSocketAddress remote) {
    InetAddress host = remote.getAddress();
    if (!(host instanceof Inet6Address) || host.isLinkLocalAddress()) {
      return remote;
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host.getAddress()), remote.getPort());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address is an address", e);
    }
  }
}
