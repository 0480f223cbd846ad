// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Arrays;

/**
 * A bounded set of 128-bit hashes in order of arrival: 16 bytes an entry in a ring and 8 bytes of
 * open-addressing index, no object per entry. Every entry has a position, counted up from 0 for
 * ever. Grows by doubling up to the bound; removal is from the oldest end only. Single-threaded.
 */
final class HashRing {
  private static final int MIN_CAPACITY = 16;

  private final int maxSize;
  private long[] highs;
  private long[] lows;

  /** Ring index + 1 of the entry whose probe path leads here, or 0. */
  private int[] slots;

  private long first;
  private long next;

  /**
   * Makes an empty set.
   *
   * @param maxSize the bound, at least 1
   */
  HashRing(int maxSize) {
    this.maxSize = maxSize;
    highs = new long[MIN_CAPACITY];
    lows = new long[MIN_CAPACITY];
    slots = new int[2 * MIN_CAPACITY];
  }

  int size() {
    return (int) (next - first);
  }

  boolean isFull() {
    return size() == maxSize;
  }

  /** The position of the oldest entry, or {@link #next()} when there is none. */
  long first() {
    return first;
  }

  /** The position that the next entry gets. */
  long next() {
    return next;
  }

  /** The position of a hash, or -1. */
  long find(long high, long low) {
    int mask = slots.length - 1;
    for (int slot = (int) low & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int index = slots[slot] - 1;
      if (highs[index] == high && lows[index] == low) {
        return first + ((index - first) & (highs.length - 1));
      }
    }
    return -1;
  }

  /** Appends a hash that is not in the set; the set must not be full. */
  long add(long high, long low) {
    if (isFull()) {
      throw new IllegalStateException("full at " + maxSize);
    }
    if (size() == highs.length) {
      grow();
    }
    int index = (int) next & (highs.length - 1);
    highs[index] = high;
    lows[index] = low;
    link(index);
    return next++;
  }

  /** Removes the oldest entry; the set must not be empty. */
  void removeFirst() {
    int index = (int) first & (highs.length - 1);
    int mask = slots.length - 1;
    int slot = (int) lows[index] & mask;
    while (slots[slot] != index + 1) {
      slot = (slot + 1) & mask;
    }
    closeGap(slot);
    first++;
  }

  private void link(int index) {
    int mask = slots.length - 1;
    int slot = (int) lows[index] & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = index + 1;
  }

  /** Moves later entries of the probe path back, so that no tombstones are needed. */
  private void closeGap(int freed) {
    int mask = slots.length - 1;
    int gap = freed;
    for (int slot = (gap + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int home = (int) lows[slots[slot] - 1] & mask;
      if (((slot - home) & mask) >= ((slot - gap) & mask)) {
        slots[gap] = slots[slot];
        gap = slot;
      }
    }
    slots[gap] = 0;
  }

  private void grow() {
    int oldCapacity = highs.length;
    int capacity = 2 * oldCapacity;
    long[] newHighs = Arrays.copyOf(highs, capacity);
    long[] newLows = Arrays.copyOf(lows, capacity);
    for (long position = first; position < next; position++) {
      int from = (int) position & (oldCapacity - 1);
      int to = (int) position & (capacity - 1);
      newHighs[to] = highs[from];
      newLows[to] = lows[from];
    }
    highs = newHighs;
    lows = newLows;
    slots = new int[2 * capacity];
    for (long position = first; position < next; position++) {
      link((int) position & (capacity - 1));
    }
  }
}
