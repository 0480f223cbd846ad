// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.nat.profile.AddressRank;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address and a port in canonical form: an IPv4 address that is written as IPv6 is the IPv4
 * address, and no name is attached. Equal endpoints are the same place.
 *
 * @param host the address
 * @param port 0 to 65535
 */
public record Endpoint(InetAddress host, int port) {
  private static final Pattern QUAD =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final int MAX_PORT = 65_535;
  private static final int MAX_HOST_CHARS = 64;

  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if there is no such port
   */
  public Endpoint {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not from 0 to " + MAX_PORT);
    }
  }

  /** The endpoint of a resolved socket address. */
  public static Endpoint of(InetSocketAddress address) {
    return new Endpoint(address.getAddress(), address.getPort());
  }

  /** Reads {@code address:port}, IPv6 in brackets; empty for a name or anything else. */
  public static Optional<Endpoint> parse(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon <= 0 || !PORT.matcher(port).matches() || Integer.parseInt(port) > MAX_PORT) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.indexOf(':') >= 0) {
      return Optional.empty();
    }
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    return literal(bare).map(address -> new Endpoint(address, Integer.parseInt(port)));
  }

  /** The address that a literal names; empty for anything else, and nobody is asked about it. */
  public static Optional<InetAddress> literal(String host) {
    boolean plain = QUAD.matcher(host).matches();
    if (!plain && (host.indexOf(':') < 0 || host.length() > MAX_HOST_CHARS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** How far it reaches. */
  public AddressRank rank() {
    return AddressRank.of(host);
  }

  /** Whether somebody may listen there: one host, and a port. */
  public boolean isDialable() {
    boolean oneHost = rank() != AddressRank.OTHER || host.isLoopbackAddress();
    return port != 0 && oneHost;
  }

  /** {@code address:port}, IPv6 in brackets. */
  @Override
  public String toString() {
    String literal = host.getHostAddress();
    return (host instanceof Inet6Address ? "[" + literal + "]" : literal) + ":" + port;
  }
}
