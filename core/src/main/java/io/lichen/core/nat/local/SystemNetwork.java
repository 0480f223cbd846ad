// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the operating system. Where there is no {@code /proc/net/route}, which is everywhere but on
 * Linux, routes are not known. Reading takes less than a millisecond on most machines; stateless.
 */
public final class SystemNetwork implements LocalNetwork.Source {
  private static final File IPV4 = new File("/proc/net/route");
  private static final File IPV6 = new File("/proc/net/ipv6_route");
  private static final Logger LOG = LoggerFactory.getLogger(SystemNetwork.class);

  @Override
  public LocalNetwork read() {
    List<String> ipv4 = lines(IPV4);
    List<DefaultRoute> routes =
        Stream.concat(ProcRoutes.ipv4(ipv4).stream(), ProcRoutes.ipv6(lines(IPV6)).stream())
            .toList();
    return new LocalNetwork(addresses(), routes, !ipv4.isEmpty());
  }

  /** Not by a channel: an interrupt would close it, and there would seem to be no routes. */
  private static List<String> lines(File file) {
    if (!file.canRead()) {
      return List.of();
    }
    try (BufferedReader in = new BufferedReader(new FileReader(file, StandardCharsets.US_ASCII))) {
      return in.lines().toList();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("Cannot read {}", file, e);
      return List.of();
    }
  }

  private static List<LocalAddress> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(SystemNetwork::isUp)
          .flatMap(nic -> nic.getInterfaceAddresses().stream().map(each -> local(nic, each)))
          .toList();
    } catch (SocketException e) {
      LOG.debug("Cannot list the interfaces", e);
      return List.of();
    }
  }

  private static boolean isUp(NetworkInterface nic) {
    try {
      return nic.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  private static LocalAddress local(NetworkInterface nic, InterfaceAddress each) {
    return new LocalAddress(
        nic.getName(), nic.getIndex(), each.getAddress(), each.getNetworkPrefixLength());
  }
}
