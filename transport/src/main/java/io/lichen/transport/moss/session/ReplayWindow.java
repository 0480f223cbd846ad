// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

/**
 * Remembers which of the latest 64 sequence numbers have been seen (docs/wire/moss-transport.md,
 * "Session packets"). Numbers are unsigned 64-bit. Not thread-safe.
 */
public final class ReplayWindow {
  /** How far behind the highest number a packet may be. */
  public static final int SIZE = 64;

  private boolean empty = true;
  private long highest;
  // Bit i stands for highest - i.
  private long seen;

  /** Whether a packet with this number is new; changes nothing, since it may prove forged. */
  public boolean isFresh(long sequence) {
    if (empty || Long.compareUnsigned(sequence, highest) > 0) {
      return true;
    }
    long behind = highest - sequence;
    return Long.compareUnsigned(behind, SIZE) < 0 && (seen >>> behind & 1) == 0;
  }

  /** By how much a number is above the highest that was marked; 0 if it is not, or none was. */
  public long ahead(long sequence) {
    return empty || Long.compareUnsigned(sequence, highest) <= 0 ? 0 : sequence - highest;
  }

  /** Marks the number of an authentic packet, for which {@link #isFresh} was true. */
  public void mark(long sequence) {
    if (empty) {
      empty = false;
      highest = sequence;
      seen = 1;
    } else if (Long.compareUnsigned(sequence, highest) > 0) {
      long ahead = sequence - highest;
      seen = Long.compareUnsigned(ahead, SIZE) < 0 ? seen << ahead | 1 : 1;
      highest = sequence;
    } else {
      seen |= 1L << (highest - sequence);
    }
  }
}
