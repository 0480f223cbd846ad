// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.util.BitSet;

/** Counts what arrives: each sequence number once, duplicates apart, with the time of the last. */
final class Arrivals implements MeshDriver.Receiver {
  /** The sequence of probes, which are not counted. */
  static final long PROBE = -1;

  private final BitSet seen = new BitSet();
  private long received;
  private long duplicates;
  private long bytes;
  private long lastNs;
  private long probes;

  /** What has been counted so far. */
  record Count(long received, long duplicates, long bytes, long lastNs) {}

  @Override
  public synchronized void onMessage(long sequence, int length) {
    if (sequence == PROBE) {
      probes++;
      notifyAll();
      return;
    }
    if (seen.get((int) sequence)) {
      duplicates++;
      return;
    }
    seen.set((int) sequence);
    received++;
    bytes += length;
    lastNs = System.nanoTime();
  }

  /** Forgets everything. */
  synchronized void reset() {
    seen.clear();
    received = 0;
    duplicates = 0;
    bytes = 0;
    lastNs = 0;
    probes = 0;
  }

  /** Waits until a probe has come; says whether it has. */
  synchronized boolean awaitProbe(long timeoutMs) throws InterruptedException {
    long deadline = System.nanoTime() + timeoutMs * 1_000_000;
    while (probes == 0) {
      long leftMs = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }

  /** Waits until {@code expected} have come, or nothing new has for {@code quietMs}. */
  synchronized Count await(long expected, long quietMs) throws InterruptedException {
    long before = -1;
    while (received < expected && received != before) {
      before = received;
      long until = System.nanoTime() + quietMs * 1_000_000;
      while (received < expected && System.nanoTime() < until) {
        wait(10);
      }
    }
    return new Count(received, duplicates, bytes, lastNs);
  }
}
