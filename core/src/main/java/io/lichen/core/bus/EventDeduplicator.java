// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.util.LinkedHashSet;

/**
 * Remembers the ids of the last events, so that a consumer can leave out copies that a producer's
 * retries made. First in, first out: meeting an id again does not make it younger. A sensible
 * capacity is events per second times the seconds within which copies come. Thread-safe.
 */
public final class EventDeduplicator {
  /** The capacity that 0 stands for. */
  public static final int DEFAULT_CAPACITY = 4096;

  /** The largest capacity. */
  public static final int MAX_CAPACITY = 1 << 24;

  private final int capacity;
  private final LinkedHashSet<String> ids = new LinkedHashSet<>();

  /**
   * Makes one.
   *
   * @param capacity how many ids, 0 for the default; what is out of bounds is brought into them
   */
  public EventDeduplicator(long capacity) {
    this.capacity = capacity == 0 ? DEFAULT_CAPACITY : Math.clamp(capacity, 1, MAX_CAPACITY);
  }

  /** Whether this id is remembered already; remembers it otherwise. */
  public synchronized boolean isDuplicate(String dedupId) {
    if (ids.contains(dedupId)) {
      return true;
    }
    if (ids.size() == capacity) {
      ids.removeFirst();
    }
    ids.add(dedupId);
    return false;
  }

  /** How many ids are remembered. */
  public synchronized int size() {
    return ids.size();
  }

  /** How many are at most. */
  public int capacity() {
    return capacity;
  }

  /** Whether none is. */
  public synchronized boolean isEmpty() {
    return ids.isEmpty();
  }

  /** Forgets all. */
  public synchronized void clear() {
    ids.clear();
  }
}
