// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

/**
 * Finds the first record that two logs do not share, in ranges whose digests are compared one after
 * the other, and halved where they differ.
 */
final class RangeCheck {
  private final long start;
  private long low;
  private long high;
  private boolean isNarrowed;

  /** Begins; records from {@code low} up to {@code high} are to be compared, one at least. */
  RangeCheck(long low, long high) {
    this.start = low;
    this.low = low;
    this.high = high;
  }

  long start() {
    return start;
  }

  /** The beginning of the range to be compared next. */
  long from() {
    return low;
  }

  /** The end of the range to be compared next. */
  long to() {
    long left = high - low;
    long most = isNarrowed ? (left + 1) / 2 : left;
    return low + Math.min(most, Digests.MOST_RECORDS);
  }

  /** The range up to a number is equal, or is not; returns whether everything is known. */
  boolean compared(long to, boolean isEqual) {
    if (isEqual) {
      low = to;
    } else {
      high = to;
      isNarrowed = true;
    }
    if (isNarrowed && high - low == 1) {
      high = low;
    }
    return low == high;
  }

  /** Records before this number are equal. */
  long result() {
    return low;
  }
}
