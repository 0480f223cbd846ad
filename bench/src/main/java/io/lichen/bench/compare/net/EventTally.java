// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

/** Counts events that arrive. Written by one thread, read by others. */
final class EventTally {
  private static final long LOOK_MS = 5;
  private static final int EVENTS_PER_LOOK = 16;

  private volatile long events;
  private volatile long lastNs;

  /** What has been counted, and when the last came. */
  record Count(long events, long lastNs) {}

  /** Forgets everything; only while nothing arrives. */
  void reset() {
    events = 0;
    lastNs = 0;
  }

  /** Counts events; the clock is read about once for this many. */
  void add(int count) {
    long sum = events + count; // One thread writes.
    events = sum;
    if (sum % EVENTS_PER_LOOK < count) {
      lastNs = System.nanoTime();
    }
  }

  /** Waits until {@code expected} have come, or nothing new has for {@code quietMs}. */
  Count await(long expected, long quietMs) throws InterruptedException {
    long before = -1;
    long quietAtNs = 0;
    while (events < expected) {
      long nowNs = System.nanoTime();
      if (events != before) {
        before = events;
        quietAtNs = nowNs + quietMs * 1_000_000;
      } else if (nowNs - quietAtNs > 0) {
        break;
      }
      Thread.sleep(LOOK_MS);
    }
    return new Count(events, lastNs);
  }
}
