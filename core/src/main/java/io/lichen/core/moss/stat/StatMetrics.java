// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What one node contributes to one epoch, noised by itself before it leaves it.
 *
 * @param bandwidthIn bytes received since the epoch began, unsigned
 * @param bandwidthOut bytes sent since then, unsigned
 * @param degree number of peers, unsigned
 * @param natType the name of the NAT type, may be empty
 * @param sequence the revision within the epoch, unsigned; the highest counts
 */
public record StatMetrics(
    long bandwidthIn, long bandwidthOut, int degree, String natType, long sequence) {
  private static final int FIXED_BYTES = 28;

  /**
   * The octets that settle ties and enter the digest (docs/wire/moss-stats.md, "Snapshot"): the
   * numbers big-endian, then the name in UTF-8.
   */
  byte[] octets() {
    byte[] nat = natType.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + nat.length)
        .putLong(bandwidthIn)
        .putLong(bandwidthOut)
        .putInt(degree)
        .putLong(sequence)
        .put(nat)
        .array();
  }

  /** The one of two contributions of the same node that counts, in whatever order they came. */
  static StatMetrics later(StatMetrics a, StatMetrics b) {
    int order = Long.compareUnsigned(a.sequence, b.sequence);
    if (order == 0) {
      order = Arrays.compareUnsigned(a.octets(), b.octets());
    }
    return order >= 0 ? a : b;
  }
}
