// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import java.util.Arrays;

/**
 * The events of a shard that wait, with their insertion times, in the order in which they came. One
 * slot fewer can be used than its capacity says, as in the natives. Starts small and doubles: a bus
 * that nobody uses costs nothing. Not thread-safe: {@link Shard} guards it.
 */
final class EventRing {
  private static final int FIRST_SLOTS = 1024;

  private final int limit;
  private byte[][] events;
  private long[] insertionTs;

  /** Positions count all events that ever came: of the oldest one here, and behind the newest. */
  private long head;

  private long tail;

  /** Makes one; the capacity is a power of two. */
  EventRing(int capacity) {
    this.limit = capacity - 1;
    int slots = Math.min(capacity, FIRST_SLOTS);
    this.events = new byte[slots][];
    this.insertionTs = new long[slots];
  }

  int size() {
    return (int) (tail - head);
  }

  boolean isFull() {
    return tail - head >= limit;
  }

  long head() {
    return head;
  }

  long tail() {
    return tail;
  }

  /** The insertion time of the oldest event; there must be one. */
  long oldestTs() {
    return insertionTs[(int) head & insertionTs.length - 1];
  }

  /** Adds an event; there must be room. */
  void add(byte[] event, long ts) {
    if (tail - head == events.length) {
      grow();
    }
    int slot = (int) tail & events.length - 1;
    events[slot] = event;
    insertionTs[slot] = ts;
    tail++;
  }

  private void grow() {
    int slots = events.length;
    byte[][] moreEvents = new byte[2 * slots][];
    long[] moreTs = new long[2 * slots];
    for (long position = head; position < tail; position++) {
      int to = (int) position & moreTs.length - 1;
      moreEvents[to] = events[(int) position & slots - 1];
      moreTs[to] = insertionTs[(int) position & slots - 1];
    }
    events = moreEvents;
    insertionTs = moreTs;
  }

  /** Forgets the oldest events; there must be as many. */
  void drop(int count) {
    forEachPart(
        head, count, (slot, length, done) -> Arrays.fill(events, slot, slot + length, null));
    head += count;
  }

  /** Moves the oldest events into these arrays, which must not be longer than {@link #size}. */
  void take(byte[][] toEvents, long[] toTs) {
    forEachPart(
        head,
        toEvents.length,
        (slot, length, done) -> {
          System.arraycopy(events, slot, toEvents, done, length);
          System.arraycopy(insertionTs, slot, toTs, done, length);
        });
    drop(toEvents.length);
  }

  private interface Part {
    void at(int slot, int length, int done);
  }

  private void forEachPart(long from, int count, Part part) {
    int slot = (int) from & events.length - 1;
    int first = Math.min(count, events.length - slot);
    part.at(slot, first, 0);
    part.at(0, count - first, first);
  }
}
