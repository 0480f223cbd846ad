// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.cache;

import io.lichen.core.moss.discovery.Endpoint;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses at which peers were reached, and when last. Full, it forgets the one that was seen
 * longest ago. Not thread-safe.
 */
public final class PeerCache {
  /**
   * An address.
   *
   * @param address where a peer listened
   * @param lastSeenUnix when it was last connected, in seconds since 1970
   */
  public record Entry(Endpoint address, long lastSeenUnix) {}

  private final int max;
  private final Map<Endpoint, Long> seen = new HashMap<>();

  /**
   * Makes an empty one.
   *
   * @param max addresses remembered, above 0
   */
  public PeerCache(int max) {
    this.max = max;
  }

  /** A peer was connected at an address then; what nobody can dial is left out. */
  public void seen(Endpoint address, long unix) {
    if (!address.isDialable()) {
      return;
    }
    seen.merge(address, unix, Math::max);
    if (seen.size() > max) {
      seen.entrySet().stream()
          .min(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .ifPresent(seen::remove);
    }
  }

  /** All addresses, the one seen last first. */
  public List<Entry> newestFirst() {
    return seen.entrySet().stream()
        .map(e -> new Entry(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingLong(Entry::lastSeenUnix).reversed())
        .toList();
  }

  /** Those seen within the last so many seconds, the one seen last first. */
  public List<Endpoint> fresh(long ttlSec, long nowUnix) {
    return newestFirst().stream()
        .filter(e -> nowUnix - e.lastSeenUnix() <= ttlSec)
        .map(Entry::address)
        .toList();
  }
}
