// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads Linux's {@code /proc/net/route} and {@code /proc/net/ipv6_route}; a line that cannot be
 * read is passed over. Stateless.
 */
final class ProcRoutes {
  private static final int UP = 1;
  private static final int GATEWAY = 2;
  private static final int HEX = 16;

  private ProcRoutes() {}

  /** The default routes of IPv4, the preferred first. */
  static List<DefaultRoute> ipv4(List<String> lines) {
    return routes(lines, ProcRoutes::ipv4);
  }

  /** The default routes of IPv6, the preferred first. */
  static List<DefaultRoute> ipv6(List<String> lines) {
    return routes(lines, ProcRoutes::ipv6);
  }

  private interface Reader {
    Optional<DefaultRoute> read(String[] fields) throws UnknownHostException;
  }

  private static List<DefaultRoute> routes(List<String> lines, Reader reader) {
    List<DefaultRoute> routes = new ArrayList<>();
    for (String line : lines) {
      try {
        reader.read(line.strip().split("\\s+", -1)).ifPresent(routes::add);
      } catch (UnknownHostException | IllegalArgumentException | IndexOutOfBoundsException e) {
        // The heading, or something that a later kernel writes.
      }
    }
    routes.sort(Comparator.comparingLong(DefaultRoute::metric));
    return List.copyOf(routes);
  }

  /** Interface, destination, gateway, flags, two counts, metric, mask. */
  private static Optional<DefaultRoute> ipv4(String[] fields) throws UnknownHostException {
    boolean everywhere = Long.parseLong(fields[1], HEX) == 0 && Long.parseLong(fields[7], HEX) == 0;
    if (!everywhere || !isOverRouter(fields[3])) {
      return Optional.empty();
    }
    byte[] gateway = HexFormat.of().parseHex(fields[2]);
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      reverse(gateway);
    }
    return Optional.of(route(fields[0], gateway, Long.parseLong(fields[6])));
  }

  /** Destination, its length, source, its length, gateway, metric, two counts, flags, interface. */
  private static Optional<DefaultRoute> ipv6(String[] fields) throws UnknownHostException {
    if (!fields[1].equals("00") || !isOverRouter(fields[8])) {
      return Optional.empty();
    }
    byte[] gateway = HexFormat.of().parseHex(fields[4]);
    return Optional.of(route(fields[9], gateway, Long.parseLong(fields[5], HEX)));
  }

  private static DefaultRoute route(String interfaceName, byte[] gateway, long metric)
      throws UnknownHostException {
    return new DefaultRoute(interfaceName, InetAddress.getByAddress(gateway), metric);
  }

  private static boolean isOverRouter(String flags) {
    return (Long.parseLong(flags, HEX) & (UP | GATEWAY)) == (UP | GATEWAY);
  }

  private static void reverse(byte[] octets) {
    for (int i = 0; i < octets.length / 2; i++) {
      byte kept = octets[i];
      octets[i] = octets[octets.length - 1 - i];
      octets[octets.length - 1 - i] = kept;
    }
  }
}
