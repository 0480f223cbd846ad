// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Which message ids were seen within the time to live. Time is kept in coarse steps of 1/64 of it:
 * an id stays for the time to live at least and one step longer at most, unless the bound pushes it
 * out. Single-threaded.
 */
final class SeenCache {
  private static final int STEPS = 64;
  private static final int MARKS = 128;

  /** Removing twice as fast as adding keeps the set from growing between heartbeats. */
  private static final int SWEEP_PER_ADD = 2;

  private final HashRing ids;
  private final long lifetimeNs;
  private final long stepNs;
  private final Counters counters;

  /** Ring of (time, first position added at or after it). */
  private final long[] markNs = new long[MARKS];

  private final long[] markPosition = new long[MARKS];
  private int firstMark;
  private int markCount;

  SeenCache(int maxIds, long ttlNs, Counters counters) {
    this.ids = new HashRing(maxIds);
    this.stepNs = Math.max(1, ttlNs / STEPS);
    this.lifetimeNs = ttlNs + stepNs;
    this.counters = counters;
  }

  boolean contains(IdHasher id) {
    return ids.find(id.high, id.low) >= 0;
  }

  /** Remembers the id; false if it was known already. */
  boolean addIfNew(IdHasher id, long nowNs) {
    if (ids.find(id.high, id.low) >= 0) {
      return false;
    }
    sweep(nowNs, SWEEP_PER_ADD);
    if (ids.isFull()) {
      ids.removeFirst();
      counters.seenEvicted++;
    }
    mark(nowNs);
    ids.add(id.high, id.low);
    return true;
  }

  int size() {
    return ids.size();
  }

  /** Forgets up to {@code limit} ids whose time is over. */
  void sweep(long nowNs, int limit) {
    int left = limit;
    while (markCount > 0 && nowNs - markNs[firstMark] >= lifetimeNs) {
      long end = markCount > 1 ? markPosition[(firstMark + 1) % MARKS] : ids.next();
      while (ids.first() < end && ids.size() > 0) {
        if (left-- <= 0) {
          return;
        }
        ids.removeFirst();
      }
      firstMark = (firstMark + 1) % MARKS;
      markCount--;
    }
  }

  private void mark(long nowNs) {
    int last = (firstMark + markCount - 1) % MARKS;
    if (markCount > 0 && nowNs - markNs[last] < stepNs) {
      return;
    }
    if (markCount == MARKS) {
      // Only after a clock that jumps: the newest ids are then counted to an older step.
      return;
    }
    int slot = (firstMark + markCount) % MARKS;
    markNs[slot] = nowNs;
    markPosition[slot] = ids.next();
    markCount++;
  }
}
