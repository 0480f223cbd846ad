// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventRingTest {
  @Test
  void shouldBehaveLikeABoundedQueueWhileItGrows() {
    long seed = Long.getLong("lichen.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    EventRing ring = new EventRing(8192);
    ArrayDeque<Long> model = new ArrayDeque<>();
    long next = 0;
    for (int step = 0; step < 2000; step++) {
      for (int i = random.nextInt(200); i > 0 && !ring.isFull(); i--) {
        ring.add(event(next), next);
        model.addLast(next++);
      }
      if (random.nextInt(4) == 0) {
        int dropped = random.nextInt(ring.size() + 1);
        ring.drop(dropped);
        for (int i = 0; i < dropped; i++) {
          model.removeFirst();
        }
      }
      check(ring, model, random, "seed " + seed + ", step " + step);
    }
  }

  private static void check(
      EventRing ring, ArrayDeque<Long> model, SplittableRandom random, String where) {
    assertEquals(model.size(), ring.size(), where);
    assertEquals(model.size() == 8191, ring.isFull(), where);
    assertEquals(ring.size(), ring.tail() - ring.head(), where);
    if (!model.isEmpty()) {
      assertEquals(model.getFirst(), ring.oldestTs(), where);
    }
    byte[][] events = new byte[random.nextInt(Math.min(300, ring.size() + 1))][];
    long[] times = new long[events.length];
    ring.take(events, times);
    for (int i = 0; i < events.length; i++) {
      long expected = model.removeFirst();
      assertEquals(expected, times[i], where);
      assertArrayEquals(event(expected), events[i], where);
    }
  }

  private static byte[] event(long number) {
    return new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)};
  }
}
