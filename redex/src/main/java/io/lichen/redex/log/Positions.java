// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

/**
 * Where the records that count stand among those of an index: all of them, but for the damaged ones
 * that recovery found. Immutable.
 */
final class Positions {
  static final Positions ALL = new Positions(new long[0]);

  /** For the k-th damaged record, how many good ones stand before it. */
  private final long[] goodBefore;

  private Positions(long[] goodBefore) {
    this.goodBefore = goodBefore;
  }

  /**
   * Leaves some out.
   *
   * @param damaged their positions, ascending
   */
  static Positions without(long[] damaged) {
    if (damaged.length == 0) {
      return ALL;
    }
    long[] goodBefore = damaged.clone();
    for (int k = 0; k < goodBefore.length; k++) {
      goodBefore[k] -= k;
    }
    return new Positions(goodBefore);
  }

  /** How many stand before the first that is left out. */
  long beforeFirstDamage() {
    return goodBefore.length == 0 ? Long.MAX_VALUE : goodBefore[0];
  }

  /** How many are left out. */
  int damaged() {
    return goodBefore.length;
  }

  /** The position of the good record with this number, counted from 0. */
  long of(long number) {
    if (goodBefore.length == 0) {
      return number;
    }
    int low = 0;
    int high = goodBefore.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (goodBefore[middle] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return number + low;
  }
}
