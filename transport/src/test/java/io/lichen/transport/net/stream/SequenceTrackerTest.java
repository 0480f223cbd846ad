// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.transport.Suite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tracker against a set of numbers that does the same slowly. */
class SequenceTrackerTest {
  private static final int HORIZON = 128;

  private final TreeSet<Long> ahead = new TreeSet<>();
  private long next;

  @Test
  void shouldAgreeWithSetOfNumbers() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    SequenceTracker tracker = new SequenceTracker(65_536);
    for (int i = 0; i < Suite.inputs(); i++) {
      if (random.nextInt(200) == 0) {
        long below = next + random.nextInt(random.nextBoolean() ? 20 : 300);
        tracker.concede(below);
        concede(below);
      } else {
        long sequence = Math.max(0, next + random.nextInt(160) - 20);
        assertEquals(receive(sequence), tracker.receive(sequence), "seed " + seed);
      }
      assertEquals(next, tracker.nextExpected(), "seed " + seed);
      assertEquals(ranges(), tracker.rangeCount(), "seed " + seed);
      if (tracker.hasGap()) {
        assertEquals(missing(), tracker.missingBitmap(), "seed " + seed);
        assertEquals(ahead.first(), tracker.gapEnd(), "seed " + seed);
        assertEquals(ahead.last() + 1, newestEnd(tracker), "seed " + seed);
      }
    }
  }

  private SequenceTracker.Outcome receive(long sequence) {
    if (sequence < next || ahead.contains(sequence)) {
      return SequenceTracker.Outcome.DUPLICATE;
    }
    if (sequence == next) {
      concede(next + 1);
      return SequenceTracker.Outcome.IN_ORDER;
    }
    boolean apart = !ahead.contains(sequence - 1) && !ahead.contains(sequence + 1);
    if (sequence - next > HORIZON || (apart && ranges() == SequenceTracker.MAX_RANGES)) {
      return SequenceTracker.Outcome.OUT_OF_WINDOW;
    }
    ahead.add(sequence);
    return SequenceTracker.Outcome.AHEAD;
  }

  private void concede(long below) {
    next = Math.max(next, below);
    ahead.headSet(next).clear();
    while (ahead.remove(next)) {
      next++;
    }
  }

  private int ranges() {
    return (int) ahead.stream().filter(sequence -> !ahead.contains(sequence - 1)).count();
  }

  private long missing() {
    long missing = 0;
    for (int i = 0; i < Long.SIZE; i++) {
      long sequence = next + 1 + i;
      if (!ahead.contains(sequence) && sequence < ahead.last()) {
        missing |= 1L << i;
      }
    }
    return missing;
  }

  private static long newestEnd(SequenceTracker tracker) {
    ByteBuf written = Unpooled.buffer();
    tracker.writeNewestRanges(written, 1);
    return written.getLongLE(Long.BYTES);
  }
}
