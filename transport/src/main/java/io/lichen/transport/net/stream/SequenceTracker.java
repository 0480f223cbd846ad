// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Which sequences of a stream have been received (docs/wire/net-streams.md, "Receiving"): all below
 * {@link #nextExpected}, and those ahead of it whose bit is set. The ranges ahead are counted,
 * since upstream keeps {@link #MAX_RANGES} at most.
 */
public final class SequenceTracker {
  static final int MAX_RANGES = 32;

  private static final int MIN_HORIZON = 64;
  private static final int MAX_HORIZON = 16_384;
  private static final int MIN_PENDING = 32;
  private static final int WINDOW_BYTES_PER_PACKET = 512;
  private static final int BITMAP_BITS = 64;

  /** What became of a sequence. */
  public enum Outcome {
    /** The expected one; those that followed it without a gap count as well. */
    IN_ORDER,
    /** Ahead of a gap. */
    AHEAD,
    /** Received before. */
    DUPLICATE,
    /** Too far ahead, or one range too many. */
    OUT_OF_WINDOW
  }

  private final int horizon;
  private final int mask;
  // Bit (sequence & mask); only bits between nextExpected and end are ever set.
  private final long[] ahead;
  private long next;
  private long end;
  private int ranges;

  /** Tracks a stream whose sender has this window, in bytes. */
  public SequenceTracker(int windowBytes) {
    horizon = Math.clamp(maxPending(windowBytes), MIN_HORIZON, MAX_HORIZON);
    int bits = Integer.highestOneBit(horizon) << 1;
    mask = bits - 1;
    ahead = new long[bits / Long.SIZE];
  }

  /** How many packets a sender with this window may have unacknowledged. */
  public static int maxPending(int windowBytes) {
    return Math.clamp(windowBytes / WINDOW_BYTES_PER_PACKET, MIN_PENDING, MAX_HORIZON);
  }

  int horizon() {
    return horizon;
  }

  /** What {@link #receive} would answer. */
  Outcome test(long sequence) {
    if (sequence == next) {
      return Outcome.IN_ORDER;
    }
    if (Long.compareUnsigned(sequence, next) < 0) {
      return Outcome.DUPLICATE;
    }
    if (Long.compareUnsigned(sequence - next, horizon) > 0) {
      return Outcome.OUT_OF_WINDOW;
    }
    if (isSet(sequence)) {
      return Outcome.DUPLICATE;
    }
    boolean apart = !isSet(sequence - 1) && !isSet(sequence + 1);
    return apart && ranges == MAX_RANGES ? Outcome.OUT_OF_WINDOW : Outcome.AHEAD;
  }

  /** Takes a sequence in, if it is new and not too far ahead. */
  public Outcome receive(long sequence) {
    Outcome outcome = test(sequence);
    if (outcome == Outcome.IN_ORDER) {
      next++;
      absorb();
    } else if (outcome == Outcome.AHEAD) {
      insert(sequence);
    }
    return outcome;
  }

  private void insert(long sequence) {
    boolean touchesLower = isSet(sequence - 1);
    boolean touchesUpper = isSet(sequence + 1);
    if (touchesLower && touchesUpper) {
      ranges--;
    } else if (!touchesLower && !touchesUpper) {
      ranges++;
    }
    ahead[word(sequence)] |= 1L << sequence;
    if (Long.compareUnsigned(sequence, end) >= 0) {
      end = sequence + 1;
    }
  }

  /** Takes in the range that begins at the expected sequence, if there is one. */
  private void absorb() {
    if (ranges > 0 && isSet(next)) {
      ranges--;
      while (isSet(next)) {
        clear(next++);
      }
    }
  }

  /** No longer expects what lies below a sequence, which is not below the expected one. */
  void concede(long below) {
    if (Long.compareUnsigned(below, end) >= 0) {
      restart(below);
      return;
    }
    while (next != below) {
      if (isSet(next)) {
        clear(next);
        if (!isSet(next + 1)) {
          ranges--;
        }
      }
      next++;
    }
    absorb();
  }

  /** Expects this sequence, and has received nothing ahead of it. */
  void restart(long expected) {
    Arrays.fill(ahead, 0);
    ranges = 0;
    next = expected;
    end = expected;
  }

  /** The lowest sequence that has not been received. */
  public long nextExpected() {
    return next;
  }

  /** Whether something was received ahead of the expected sequence. */
  public boolean hasGap() {
    return ranges > 0;
  }

  /** How many ranges were received ahead of it. */
  public int rangeCount() {
    return ranges;
  }

  /** The first sequence after the gap at the expected one; there must be a gap. */
  long gapEnd() {
    long sequence = next + 1;
    while (!isSet(sequence)) {
      sequence++;
    }
    return sequence;
  }

  /** Bit i: the i-th sequence after the expected one is missing, as far as can be told. */
  public long missingBitmap() {
    long received = 0;
    for (int i = 0; i < BITMAP_BITS; i++) {
      if (isSet(next + 1 + i)) {
        received |= 1L << i;
      }
    }
    boolean beyond = Long.compareUnsigned(end - next, BITMAP_BITS + 1) > 0;
    if (beyond || received == 0) {
      return ~received;
    }
    return ~received & -1L >>> Long.numberOfLeadingZeros(received);
  }

  /** Writes the newest ranges, start and end each, the newest first. */
  public void writeNewestRanges(ByteBuf out, int count) {
    long sequence = end - 1;
    for (int i = 0; i < count; i++) {
      while (!isSet(sequence)) {
        sequence--;
      }
      long rangeEnd = sequence + 1;
      while (isSet(sequence)) {
        sequence--;
      }
      StreamControl.writeRange(out, sequence + 1, rangeEnd);
    }
  }

  private boolean isSet(long sequence) {
    return (ahead[word(sequence)] >>> sequence & 1) != 0;
  }

  private void clear(long sequence) {
    ahead[word(sequence)] &= ~(1L << sequence);
  }

  private int word(long sequence) {
    return (int) (sequence & mask) / Long.SIZE;
  }
}
