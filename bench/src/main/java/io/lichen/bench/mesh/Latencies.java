// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Times from publish to callback, in nanoseconds. Thread-safe; what does not fit is counted. */
final class Latencies {
  private final long[] ns;
  private final AtomicInteger count = new AtomicInteger();

  Latencies(int capacity) {
    ns = new long[capacity];
  }

  void add(long latencyNs) {
    int index = count.getAndIncrement();
    if (index < ns.length) {
      ns[index] = latencyNs;
    }
  }

  int count() {
    return count.get();
  }

  /** Median and tails, in microseconds. To be called when nothing is added any more. */
  String summary() {
    long[] sorted = Arrays.copyOf(ns, Math.min(ns.length, count.get()));
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "p50 %.0f us, p90 %.0f us, p99 %.0f us, max %.0f us",
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))] / 1e3;
  }
}
