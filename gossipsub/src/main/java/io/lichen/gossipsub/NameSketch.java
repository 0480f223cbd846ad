// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Arrays;

/**
 * Tells names that were met before from new ones, in 2 KiB whatever their number: some new ones are
 * taken for old, never the other way round until 12 288 were met, and then all are forgotten.
 * Nothing is allocated before the first. Single-threaded.
 */
final class NameSketch {
  private static final int BITS = 1 << 14;
  private static final int MOST_NAMES = BITS / 4 * 3;

  private long[] bits = {};
  private int names;

  /** Whether the hashed name was not met before; it counts as met from now on. */
  boolean isNew(IdHasher name) {
    if (bits.length == 0) {
      bits = new long[BITS / Long.SIZE];
    }
    if (names == MOST_NAMES) {
      Arrays.fill(bits, 0);
      names = 0;
    }
    int bit = (int) name.low & (BITS - 1);
    boolean isNew = (bits[bit / Long.SIZE] >>> bit & 1) == 0;
    bits[bit / Long.SIZE] |= 1L << bit;
    names += isNew ? 1 : 0;
    return isNew;
  }
}
