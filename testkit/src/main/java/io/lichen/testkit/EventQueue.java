// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is yet to happen, by time and then in order of scheduling: a four-way heap on primitive
 * arrays, so that an event costs 40 bytes in them and no object. Single-threaded.
 */
final class EventQueue {
  /** Whom an event concerns. */
  interface Handler {
    /** Called when the event is due; what and word are as they were given. */
    void handle(Object what, int word);
  }

  private static final int WAYS = 4;
  private static final int SLOT_BITS = 24;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  private int size;
  private long added;

  /** Heap: when it is due. */
  private long[] times = new long[0];

  /** Heap: the running number, which decides between equal times, and below it the slot. */
  private long[] tags = new long[0];

  /** By slot. */
  private @Nullable Handler[] handlers = new Handler[0];

  private @Nullable Object[] whats = new Object[0];
  private int[] words = new int[0];

  /** The slots from {@code size} on are the free ones. */
  private int[] slots = new int[0];

  int size() {
    return size;
  }

  /** When the first event is due; the queue must not be empty. */
  long firstNs() {
    return times[0];
  }

  void add(long atNs, Handler handler, Object what, int word) {
    if (size == times.length) {
      grow();
    }
    int slot = slots[size];
    handlers[slot] = handler;
    whats[slot] = what;
    words[slot] = word;
    siftUp(size++, atNs, added++ << SLOT_BITS | slot);
  }

  /** Removes the first event and tells its handler; the queue must not be empty. */
  void fireFirst() {
    int slot = (int) tags[0] & SLOT_MASK;
    Handler handler = handlers[slot];
    Object what = whats[slot];
    int word = words[slot];
    handlers[slot] = null;
    whats[slot] = null;
    size--;
    slots[size] = slot;
    siftDown(times[size], tags[size]);
    if (handler == null || what == null) {
      throw new IllegalStateException("slot " + slot + " is empty");
    }
    handler.handle(what, word);
  }

  private void siftUp(int from, long time, long tag) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) / WAYS;
      if (isBefore(times[parent], tags[parent], time, tag)) {
        break;
      }
      times[hole] = times[parent];
      tags[hole] = tags[parent];
      hole = parent;
    }
    times[hole] = time;
    tags[hole] = tag;
  }

  /** Puts what was the last entry where it belongs, starting at the top. */
  private void siftDown(long time, long tag) {
    int hole = 0;
    for (int first = 1; first < size; first = WAYS * hole + 1) {
      int least = first;
      int end = Math.min(first + WAYS, size);
      for (int child = first + 1; child < end; child++) {
        if (isBefore(times[child], tags[child], times[least], tags[least])) {
          least = child;
        }
      }
      if (isBefore(time, tag, times[least], tags[least])) {
        break;
      }
      times[hole] = times[least];
      tags[hole] = tags[least];
      hole = least;
    }
    times[hole] = time;
    tags[hole] = tag;
  }

  private static boolean isBefore(long time, long tag, long otherTime, long otherTag) {
    return time != otherTime ? time < otherTime : tag < otherTag;
  }

  private void grow() {
    int capacity = Math.max(64, 2 * size);
    if (capacity > SLOT_MASK + 1) {
      throw new IllegalStateException(size + " events wait, which is as many as there may be");
    }
    times = Arrays.copyOf(times, capacity);
    tags = Arrays.copyOf(tags, capacity);
    handlers = Arrays.copyOf(handlers, capacity);
    whats = Arrays.copyOf(whats, capacity);
    words = Arrays.copyOf(words, capacity);
    slots = Arrays.copyOf(slots, capacity);
    for (int slot = size; slot < capacity; slot++) {
      slots[slot] = slot;
    }
  }
}
