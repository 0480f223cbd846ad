// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

/**
 * The keys of the latest messages of a log, up to a bound; beyond it the one added first goes. 32
 * bytes each. Not thread-safe.
 */
final class RecentKeys {
  private static final int FIRST_CAPACITY = 1024;

  private final int maxKeys;
  // Publishers choose keys by trying payloads; they shall not choose places in the table.
  private final long salt;
  private long[] firsts = new long[FIRST_CAPACITY];
  private long[] seconds = new long[FIRST_CAPACITY];
  private long[] heards = new long[FIRST_CAPACITY];
  private int[] table = new int[2 * FIRST_CAPACITY];
  private int oldest;
  private int size;
  private long goneHeardMs = Long.MIN_VALUE;

  /**
   * Makes an empty one.
   *
   * @param maxKeys 1 to 2^26
   * @param salt any number that others do not know
   */
  RecentKeys(int maxKeys, long salt) {
    this.maxKeys = maxKeys;
    this.salt = salt;
  }

  boolean contains(TopicKey key) {
    return find(key) >= 0;
  }

  int size() {
    return size;
  }

  /** The latest time at which a message whose key had to go was heard; the least number if none. */
  long goneHeardMs() {
    return goneHeardMs;
  }

  /** Says that messages heard at this time or before may have been there. */
  void gone(long heardMs) {
    goneHeardMs = Math.max(goneHeardMs, heardMs);
  }

  /** Adds a key that is not contained. */
  void add(TopicKey key, long heardMs) {
    if (size == maxKeys) {
      dropOldest();
    } else if (size == firsts.length) {
      grow();
    }
    int place = (oldest + size) & (firsts.length - 1);
    firsts[place] = key.first();
    seconds[place] = key.second();
    heards[place] = heardMs;
    size++;
    enter(place);
  }

  private void dropOldest() {
    gone(heards[oldest]);
    remove(find(new TopicKey(firsts[oldest], seconds[oldest])));
    oldest = (oldest + 1) & (firsts.length - 1);
    size--;
  }

  private void grow() {
    firsts = doubled(firsts);
    seconds = doubled(seconds);
    heards = doubled(heards);
    oldest = 0;
    table = new int[2 * firsts.length];
    for (int place = 0; place < size; place++) {
      enter(place);
    }
  }

  private long[] doubled(long[] ring) {
    long[] larger = new long[2 * ring.length];
    System.arraycopy(ring, oldest, larger, 0, ring.length - oldest);
    System.arraycopy(ring, 0, larger, ring.length - oldest, oldest);
    return larger;
  }

  private void enter(int place) {
    int slot = home(firsts[place]);
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = place + 1;
  }

  private int find(TopicKey key) {
    int slot = home(key.first());
    while (table[slot] != 0) {
      int place = table[slot] - 1;
      if (firsts[place] == key.first() && seconds[place] == key.second()) {
        return slot;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  /** Takes an entry out and moves up those behind that would no longer be found. */
  private void remove(int slot) {
    int mask = table.length - 1;
    int hole = slot;
    table[hole] = 0;
    for (int next = (hole + 1) & mask; table[next] != 0; next = (next + 1) & mask) {
      int home = home(firsts[table[next] - 1]);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        table[hole] = table[next];
        table[next] = 0;
        hole = next;
      }
    }
  }

  private int home(long first) {
    long mixed = (first ^ salt) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & (table.length - 1);
  }
}
