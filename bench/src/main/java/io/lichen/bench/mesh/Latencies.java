// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import java.util.Arrays;
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

  /**
   * The time that this share of them took at most, in microseconds; no number if there are none. To
   * be called when nothing is added any more.
   *
   * @param share 0 to 1
   */
  double micros(double share) {
    long[] sorted = Arrays.copyOf(ns, Math.min(ns.length, count.get()));
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.round(share * (sorted.length - 1))] / 1e3;
  }
}
