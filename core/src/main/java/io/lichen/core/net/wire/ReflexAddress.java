// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node has been seen from outside, as the natives write it: {@code 1.2.3.4:5} or {@code
 * [v6]:5}, the latter compressed as RFC 5952 has it (docs/wire/net-capabilities.md, "The text").
 * Zones are refused: an address that others can reach has none. Immutable.
 *
 * @param text the one form that it has
 * @param address the same, resolved
 */
public record ReflexAddress(String text, InetSocketAddress address) {
  private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
  private static final Pattern FOUR =
      Pattern.compile("(" + OCTET + "(?:\\." + OCTET + "){3}):([0-9]{1,9})");
  private static final Pattern SIX = Pattern.compile("\\[([0-9a-fA-F:.]{2,45})]:([0-9]{1,9})");
  private static final int MAX_PORT = 0xFFFF;
  private static final int GROUPS = 8;

  /**
   * The reflex address of a socket address.
   *
   * @throws IllegalArgumentException if the address has not been resolved
   */
  public static ReflexAddress of(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host == null) {
      throw new IllegalArgumentException(address + " has not been resolved");
    }
    return host instanceof Inet4Address
        ? new ReflexAddress(host.getHostAddress() + ":" + address.getPort(), address)
        : new ReflexAddress("[" + compressed(host) + "]:" + address.getPort(), address);
  }

  /**
   * Reads one.
   *
   * @throws NetWireException if it is none that the natives would take
   */
  public static ReflexAddress parse(String text) throws NetWireException {
    Matcher four = FOUR.matcher(text);
    if (four.matches()) {
      return of(resolved(text, four));
    }
    Matcher six = SIX.matcher(text);
    if (!six.matches() || six.group(1).indexOf(':') < 0) {
      throw refused(text);
    }
    InetSocketAddress address = resolved(text, six);
    // The JDK makes an address of four octets of one that is mapped; its text stays mapped.
    return address.getAddress() instanceof Inet4Address mapped
        ? new ReflexAddress(
            "[::ffff:" + mapped.getHostAddress() + "]:" + address.getPort(), address)
        : of(address);
  }

  private static InetSocketAddress resolved(String text, Matcher parts) throws NetWireException {
    int port = Integer.parseInt(parts.group(2));
    if (port > MAX_PORT) {
      throw refused(text);
    }
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(parts.group(1)), port);
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
  }

  private static NetWireException refused(String text) {
    return new NetWireException(
        "a reflex address is ip:port or [v6]:port, not one of " + text.length() + " characters");
  }

  /** The first longest run of two or more zero groups goes. */
  private static String compressed(InetAddress host) {
    int[] groups = new int[GROUPS];
    ByteBuffer octets = ByteBuffer.wrap(host.getAddress());
    int runEnd = 0;
    int runLength = 1;
    for (int i = 0, zeros = 0; i < GROUPS; i++) {
      groups[i] = octets.getShort() & 0xFFFF;
      zeros = groups[i] == 0 ? zeros + 1 : 0;
      if (zeros > runLength) {
        runLength = zeros;
        runEnd = i + 1;
      }
    }
    return runEnd == 0
        ? joined(groups, 0, GROUPS)
        : joined(groups, 0, runEnd - runLength) + "::" + joined(groups, runEnd, GROUPS);
  }

  private static String joined(int[] groups, int from, int end) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < end; i++) {
      out.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }
}
