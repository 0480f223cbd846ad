// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a gateway.
 *
 * @param token what every request has to show; null where none is asked for
 * @param hosts names by which this host may be called, without ports, in lower case; empty for any
 * @param origins of pages that may use the gateway besides its own: {@code https://example.org}
 */
public record Access(@Nullable String token, Set<String> hosts, Set<String> origins) {
  /** Copies the sets. */
  public Access {
    hosts = Set.copyOf(hosts);
    origins = Set.copyOf(origins);
  }

  /**
   * What follows from where a gateway listens. Names are checked on loopback, where a foreign page
   * can make a browser come by a name of its own; elsewhere only if some are given.
   *
   * @throws IllegalArgumentException without a token at an address that others can reach
   */
  public static Access of(
      InetSocketAddress bind, @Nullable String token, Set<String> hosts, Set<String> origins) {
    InetAddress address = bind.getAddress();
    boolean loopback = address != null && address.isLoopbackAddress();
    if (!loopback && token == null) {
      throw new IllegalArgumentException(
          "a gateway at "
              + bind
              + " can be reached by others: give it a token, or bind it to 127.0.0.1");
    }
    Set<String> names = new TreeSet<>();
    hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
    if (loopback) {
      names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
      names.add(literal(address));
    }
    return new Access(token, names, origins);
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }
}
