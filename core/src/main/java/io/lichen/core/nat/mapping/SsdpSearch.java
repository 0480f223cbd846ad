// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import io.lichen.core.nat.local.LocalAddress;
import io.lichen.core.nat.local.Uplink;
import io.lichen.nat.upnp.Ssdp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for UPnP gateways in one network (docs/wire/port-mapping.md, "UPnP"). The router of the
 * default route is asked by itself, too, and comes first if it answers.
 */
final class SsdpSearch {
  /** How many descriptions are fetched at most. */
  private static final int MAX_FOUND = 4;

  /** How many datagrams are read at most. */
  private static final int MAX_READ = 64;

  private static final int TIME_TO_LIVE = 2;
  private static final long[] SENDS_NS = {0, 250_000_000, 750_000_000};
  private static final long LIMIT_NS = 2_000_000_000;

  /** After the first answer, for others. */
  private static final long OTHERS_NS = 250_000_000;

  private final Uplink uplink;
  private final InetSocketAddress group;

  SsdpSearch(Uplink uplink, InetSocketAddress group) {
    this.uplink = uplink;
    this.group = group;
  }

  /**
   * Where descriptions of gateways are.
   *
   * @return empty if nobody answers
   */
  List<URI> find() throws IOException, InterruptedException {
    Set<URI> found = new LinkedHashSet<>();
    try (UdpEnd socket = open()) {
      long startNs = System.nanoTime();
      long endNs = startNs + LIMIT_NS;
      int sends = 0;
      for (int read = 0; read < MAX_READ && found.size() < MAX_FOUND; read++) {
        long nowNs = System.nanoTime();
        for (; sends < SENDS_NS.length && nowNs - startNs >= SENDS_NS[sends]; sends++) {
          call(socket);
        }
        long untilNs = sends < SENDS_NS.length ? startNs + SENDS_NS[sends] : endNs;
        if (endNs - nowNs <= 0) {
          break;
        }
        UdpEnd.Received received = socket.receive(Math.min(untilNs, endNs) - nowNs);
        if (received != null && take(received, found)) {
          endNs = Math.min(endNs, System.nanoTime() + OTHERS_NS);
        }
      }
    }
    List<URI> ordered = new ArrayList<>(found);
    ordered.sort(Comparator.comparing(each -> !isAtGateway(each)));
    return ordered;
  }

  private UdpEnd open() throws IOException {
    LocalAddress local = uplink.local();
    UdpEnd socket = UdpEnd.bound(local.address());
    NetworkInterface nic = NetworkInterface.getByInetAddress(local.address());
    if (nic != null) {
      socket.option(StandardSocketOptions.IP_MULTICAST_IF, nic);
    }
    socket.option(StandardSocketOptions.IP_MULTICAST_TTL, TIME_TO_LIVE);
    return socket;
  }

  private void call(UdpEnd socket) {
    for (String target : Ssdp.TARGETS) {
      byte[] question = Ssdp.search(target);
      for (InetAddress host : List.of(group.getAddress(), uplink.gateway())) {
        socket.send(question, new InetSocketAddress(host, group.getPort()));
      }
    }
  }

  /** Only the own network is believed, which is where routers are. */
  private boolean take(UdpEnd.Received received, Set<URI> found) {
    InetAddress from = received.from().getAddress();
    boolean near = uplink.local().isNear(from) || from.equals(uplink.gateway());
    return near && Ssdp.location(from, received.octets()).filter(found::add).isPresent();
  }

  private boolean isAtGateway(URI description) {
    byte[] host = InetAddress.ofLiteral(description.getHost()).getAddress();
    return Arrays.equals(host, uplink.gateway().getAddress());
  }
}
