// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When the next attempt at a direct path is due for each end that is reached through a relay: one
 * at a time for each, and further and further apart as long as none leads there. Not thread-safe.
 *
 * @param <K> the other end
 */
public final class UpgradePacing<K> {
  private static final long FIRST_NS = 1_000_000_000L;
  private static final long MAX_NS = 300_000_000_000L;
  private static final int MAX_DOUBLINGS = 20;

  private static final class Pace {
    int failures;
    long dueNs;
    boolean underWay;

    Pace(long dueNs) {
      this.dueNs = dueNs;
    }
  }

  private final int maxEnds;
  private final Map<K, Pace> paces = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Makes one.
   *
   * @param maxEnds how many are remembered, at least 1; the one not asked for longest goes
   */
  public UpgradePacing(int maxEnds) {
    this.maxEnds = maxEnds;
  }

  /** Whether an attempt may begin now, which then counts as under way until {@link #ended}. */
  public boolean begin(K end, long nowNs) {
    Pace pace = paces.computeIfAbsent(end, e -> new Pace(nowNs));
    if (paces.size() > maxEnds) {
      paces.remove(paces.keySet().iterator().next());
    }
    if (pace.underWay || nowNs - pace.dueNs < 0) {
      return false;
    }
    pace.underWay = true;
    return true;
  }

  /** An attempt has failed: the next is due after 1 s, then 2 s, 4 s, at last every 5 min. */
  public void ended(K end, long nowNs) {
    Pace pace = paces.get(end);
    if (pace != null) {
      pace.underWay = false;
      long waitNs = Math.min(MAX_NS, FIRST_NS << Math.min(pace.failures, MAX_DOUBLINGS));
      pace.dueNs = nowNs + waitNs;
      pace.failures++;
    }
  }

  /** There is a direct path, or nobody wants one: what failed before counts no more. */
  public void forget(K end) {
    paces.remove(end);
  }

  /** Something has changed for this node: all of them are due again. */
  public void forgetAll() {
    paces.values().removeIf(pace -> !pace.underWay);
    paces.values().forEach(pace -> pace.failures = 0);
  }
}
