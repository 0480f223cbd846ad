// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Socket addresses as text. */
public final class SocketAddresses {
  private SocketAddresses() {}

  /** {@code host:port}, with brackets around an IPv6 host and without any name. */
  public static String text(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host == null) {
      return address.getHostString() + ":" + address.getPort();
    }
    String literal = host.getHostAddress();
    return (host instanceof Inet6Address ? "[" + literal + "]" : literal) + ":" + address.getPort();
  }
}
