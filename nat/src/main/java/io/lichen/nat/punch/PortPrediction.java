// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import io.lichen.nat.profile.AddressRank;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which ports a symmetric NAT with sequential ports gives next (docs/wire/moss-nat.md, "Port
 * prediction").
 */
public final class PortPrediction {
  /** A wider step is no order. */
  public static final int MAX_STEP = 64;

  /** How many ports are tried of a NAT that gives them out in order. */
  public static final int WINDOW = 16;

  private static final int MAX_PORT = 65_535;

  private PortPrediction() {}

  /**
   * The step from one mapping to the next, from ports in the order in which they were seen: the
   * most frequent difference of successive distinct ones, of equally frequent ones that which got
   * so far first.
   *
   * @return 0 if there are no two
   */
  public static int step(List<Integer> ports) {
    Map<Integer, Integer> counts = new HashMap<>();
    int best = 0;
    int bestCount = 0;
    for (int i = 1; i < ports.size(); i++) {
      int step = ports.get(i) - ports.get(i - 1);
      if (step != 0) {
        int count = counts.merge(step, 1, Integer::sum);
        if (count > bestCount) {
          best = step;
          bestCount = count;
        }
      }
    }
    return best;
  }

  /**
   * The step from one mapping to the next, from ports that were seen in no order, others' in
   * between: what the distances of neighbours have in common, as far as they are no wider than a
   * step may be. Ports that go downwards look as if they went upwards.
   *
   * @return 0 if there are no two neighbours
   */
  public static int spacing(Collection<Integer> ports) {
    int spacing = 0;
    int before = -MAX_PORT;
    for (int port : new TreeSet<>(ports)) {
      if (port - before <= MAX_STEP) {
        spacing = gcd(spacing, port - before);
      }
      before = port;
    }
    return spacing;
  }

  private static int gcd(int one, int other) {
    return other == 0 ? one : gcd(other, one % other);
  }

  /**
   * The addresses from one on, at a distance; those without a valid port are left out.
   *
   * @param first the first of them, if its port is valid
   * @param distance between one and the next, 0 for {@code first} alone
   * @param count how many at most
   */
  public static List<InetSocketAddress> window(InetSocketAddress first, int distance, int count) {
    List<InetSocketAddress> window = new ArrayList<>();
    for (int i = 0; i < (distance == 0 ? Math.min(1, count) : count); i++) {
      int port = first.getPort() + i * distance;
      if (port >= 1 && port <= MAX_PORT) {
        window.add(withPort(first, port));
      }
    }
    return window;
  }

  /**
   * Where an end may be that was seen at other ports before: where it was seen last, and from there
   * on at the step of those ports, if it has one and the address is a public one.
   *
   * @param last where it was seen last
   * @param seen where it was seen, the oldest first
   * @param count how many at most, at least 1
   */
  public static List<InetSocketAddress> endpoints(
      InetSocketAddress last, List<InetSocketAddress> seen, int count) {
    InetAddress host = last.getAddress();
    boolean predictable =
        host != null
            && AddressRank.of(host) == AddressRank.PUBLIC
            && seen.stream().anyMatch(address -> host.equals(address.getAddress()));
    int step = step(seen.stream().map(InetSocketAddress::getPort).toList());
    return predictable && Math.abs(step) <= MAX_STEP ? window(last, step, count) : List.of(last);
  }

  private static InetSocketAddress withPort(InetSocketAddress address, int port) {
    return address.isUnresolved()
        ? InetSocketAddress.createUnresolved(address.getHostString(), port)
        : new InetSocketAddress(address.getAddress(), port);
  }
}
