// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.core.nat.local.DefaultRoute;
import io.lichen.core.nat.local.LocalAddress;
import io.lichen.core.nat.local.LocalNetwork;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what a machine is connected to, and its two clocks, from one look to the next. Not
 * thread-safe; without a clock.
 */
final class ChangeDetector {
  private static final long MS_NS = 1_000_000L;

  private final long intervalNs;
  private final long gapNs;
  private Set<InetAddress> addresses;
  private Set<DefaultRoute> routes;
  private long wallMs;
  private long nowNs;

  /**
   * Begins with what is.
   *
   * @param intervalNs between looks
   * @param gapNs by how much a look may be late, or the clocks differ
   */
  ChangeDetector(long intervalNs, long gapNs, LocalNetwork network, long wallMs, long nowNs) {
    this.intervalNs = intervalNs;
    this.gapNs = gapNs;
    this.addresses = addresses(network);
    this.routes = Set.copyOf(network.routes());
    this.wallMs = wallMs;
    this.nowNs = nowNs;
  }

  /** What has happened since the look before. */
  Optional<NetworkChange> look(LocalNetwork network, long newWallMs, long newNowNs) {
    Set<NetworkChange.Kind> kinds = EnumSet.noneOf(NetworkChange.Kind.class);
    Set<InetAddress> newAddresses = addresses(network);
    Set<DefaultRoute> newRoutes = Set.copyOf(network.routes());
    if (!newAddresses.equals(addresses)) {
      kinds.add(NetworkChange.Kind.ADDRESSES);
    }
    if (!newRoutes.equals(routes)) {
      kinds.add(NetworkChange.Kind.ROUTES);
    }
    if (hasSlept(newWallMs, newNowNs)) {
      kinds.add(NetworkChange.Kind.RESUMED);
    }
    addresses = newAddresses;
    routes = newRoutes;
    wallMs = newWallMs;
    nowNs = newNowNs;
    return kinds.isEmpty()
        ? Optional.empty()
        : Optional.of(new NetworkChange(kinds, !newAddresses.isEmpty()));
  }

  /**
   * On some systems the monotonic clock stands still while the machine sleeps, and the wall clock
   * runs ahead of it; on others both go on, and the look is late. A wall clock that was set forward
   * looks the same, which does no harm.
   */
  private boolean hasSlept(long newWallMs, long newNowNs) {
    long passedNs = newNowNs - nowNs;
    long wallPassedNs = (newWallMs - wallMs) * MS_NS;
    return wallPassedNs - passedNs > gapNs || passedNs - intervalNs > gapNs;
  }

  /** Those that lead somewhere: neighbours on the same wire do not matter. */
  private static Set<InetAddress> addresses(LocalNetwork network) {
    return network.addresses().stream()
        .map(LocalAddress::address)
        .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
        .collect(Collectors.toUnmodifiableSet());
  }
}
