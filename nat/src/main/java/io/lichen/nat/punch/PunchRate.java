// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of many may ask for something: so many at once, and then one in each interval. Not
 * thread-safe.
 *
 * @param <K> who asks
 */
public final class PunchRate<K> {
  private final long intervalNs;
  private final long burstNs;
  private final int maxKeys;
  // When each has used up nothing any more, least recently heard of first.
  private final Map<K, Long> restedNs = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Makes one.
   *
   * @param burst at once, at least 1
   * @param intervalNs after which one more is allowed, at least 1
   * @param maxKeys who is remembered, at least 1; the one not heard of for longest goes
   */
  public PunchRate(int burst, long intervalNs, int maxKeys) {
    this.intervalNs = intervalNs;
    this.burstNs = burst * intervalNs;
    this.maxKeys = maxKeys;
  }

  /** Whether this one may now, which then counts. */
  public boolean take(K key, long nowNs) {
    Long known = restedNs.get(key);
    long fromNs = known == null || known - nowNs < 0 ? nowNs : known;
    if (fromNs + intervalNs - nowNs > burstNs) {
      return false;
    }
    restedNs.put(key, fromNs + intervalNs);
    if (restedNs.size() > maxKeys) {
      Iterator<Long> oldest = restedNs.values().iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }
}
