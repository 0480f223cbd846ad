// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net.crowd;

import java.util.Arrays;
import java.util.List;

/**
 * The times between one heartbeat and the next at the same member.
 *
 * @param count how many
 * @param medianNs the middle one, in nanoseconds
 * @param maxNs the longest, in nanoseconds
 */
public record Gaps(int count, long medianNs, long maxNs) {
  private static final long NS_PER_MS = 1_000_000;

  static Gaps of(List<Long> gapsNs) {
    long[] sorted = gapsNs.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? new Gaps(0, 0, 0)
        : new Gaps(sorted.length, sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return "%d heartbeats, gap p50 %d ms, max %d ms"
        .formatted(count, medianNs / NS_PER_MS, maxNs / NS_PER_MS);
  }
}
