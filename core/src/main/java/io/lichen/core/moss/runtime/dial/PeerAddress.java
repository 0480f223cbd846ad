// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import io.lichen.transport.moss.Carrier;

/**
 * Where to dial, as the user wrote it: {@code host:port}, {@code tcp://host:port} or {@code
 * udp://host:port}. The host is a name or a literal, an IPv6 literal in brackets.
 */
public record PeerAddress(Carrier carrier, String host, int port) {
  private static final String UDP = "udp://";
  private static final String TCP = "tcp://";

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static PeerAddress parse(String text) {
    Carrier carrier = text.startsWith(UDP) ? Carrier.UDP : Carrier.TCP;
    boolean prefixed = text.startsWith(UDP) || text.startsWith(TCP);
    String rest = prefixed ? text.substring(UDP.length()) : text;
    int colon = rest.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("'" + text + "' is not host:port or udp://host:port");
    }
    return new PeerAddress(carrier, host(text, rest.substring(0, colon)), port(text, rest, colon));
  }

  private static String host(String text, String host) {
    if (host.startsWith("[") && host.endsWith("]") && host.length() > 2) {
      return host.substring(1, host.length() - 1);
    }
    if (host.indexOf(':') >= 0 || host.indexOf('[') >= 0 || host.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "the host in '" + text + "' is neither a name nor a literal (IPv6 goes into brackets)");
    }
    return host;
  }

  private static int port(String text, String rest, int colon) {
    String digits = rest.substring(colon + 1);
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "the port in '" + text + "' is '" + digits + "', not a number from 1 to 65535");
    }
    return port;
  }

  @Override
  public String toString() {
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (carrier == Carrier.UDP ? UDP : "") + literal + ":" + port;
  }
}
