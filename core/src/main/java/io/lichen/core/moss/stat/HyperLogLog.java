// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import java.nio.ByteBuffer;

/**
 * Counts distinct hashes in 4096 octets, to about 1.6 %, without remembering them. Registers only
 * grow, so neither order nor repetition matters. Not thread-safe.
 */
final class HyperLogLog {
  /** Bits of a hash that choose the register. */
  static final int PRECISION = 12;

  /** Number of registers. */
  static final int REGISTERS = 1 << PRECISION;

  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  private final byte[] registers = new byte[REGISTERS];

  /**
   * Counts a hash.
   *
   * @return whether that changed anything
   */
  boolean add(long hash) {
    int index = (int) (hash >>> (Long.SIZE - PRECISION));
    // The ones below end the run of zeros where the hash has no more bits.
    long rest = hash << PRECISION | (REGISTERS - 1);
    byte rank = (byte) (Long.numberOfLeadingZeros(rest) + 1);
    boolean more = rank > registers[index];
    if (more) {
      registers[index] = rank;
    }
    return more;
  }

  /** About how many hashes were different. */
  long estimate() {
    double sum = 0;
    int zeros = 0;
    for (byte register : registers) {
      sum += 1.0 / (1L << register);
      zeros += register == 0 ? 1 : 0;
    }
    double estimate = ALPHA * REGISTERS * REGISTERS / sum;
    if (estimate <= 2.5 * REGISTERS && zeros > 0) {
      estimate = REGISTERS * Math.log((double) REGISTERS / zeros);
    }
    return (long) (estimate + 0.5);
  }

  /** Writes the precision and the registers. */
  void write(ByteBuffer out) {
    out.put((byte) PRECISION).put(registers);
  }
}
