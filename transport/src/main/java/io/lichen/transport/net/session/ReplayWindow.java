// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.util.Arrays;

/**
 * Remembers which of the latest 1024 packet counters have been seen (docs/wire/net-transport.md,
 * "Packet protection"). Counters are unsigned. Not thread-safe.
 */
public final class ReplayWindow {
  /** How far behind the highest counter a packet may be. */
  public static final int SIZE = 1024;

  private static final int SLOT_MASK = SIZE - 1;
  private static final long NEVER = -1;

  private long next;
  // The bit of a counter is its remainder by the size.
  private final long[] seen = new long[SIZE / Long.SIZE];

  /** Whether a packet with this counter is new; changes nothing, since it may prove forged. */
  public boolean isFresh(long counter) {
    if (counter == NEVER) {
      return false;
    }
    if (Long.compareUnsigned(counter, next) >= 0) {
      return true;
    }
    long age = next - 1 - counter;
    return Long.compareUnsigned(age, SIZE) < 0 && !isMarked(counter);
  }

  /** Marks the counter of an authentic packet, for which {@link #isFresh} was true. */
  public void mark(long counter) {
    if (Long.compareUnsigned(counter, next) >= 0) {
      forget(next, counter - next + 1);
      next = counter + 1;
    }
    seen[slot(counter)] |= 1L << counter;
  }

  private boolean isMarked(long counter) {
    return (seen[slot(counter)] & 1L << counter) != 0;
  }

  /** Clears the places that so many new counters take over. */
  private void forget(long from, long count) {
    if (Long.compareUnsigned(count, SIZE) >= 0) {
      Arrays.fill(seen, 0);
      return;
    }
    for (long counter = from; counter != from + count; counter++) {
      seen[slot(counter)] &= ~(1L << counter);
    }
  }

  private static int slot(long counter) {
    return (int) (counter & SLOT_MASK) / Long.SIZE;
  }
}
