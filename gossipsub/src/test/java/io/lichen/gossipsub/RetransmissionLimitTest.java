// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetransmissionLimitTest {
  private static final int IDS = 100;
  private static final int REPLIES = 5;

  private final Counters counters = new Counters();
  private final RetransmissionLimit limit = new RetransmissionLimit(REPLIES, IDS, counters);
  private final IdHasher hasher = new IdHasher(new SplittableRandom(1));

  private boolean take(int number) {
    hasher.hash(Fixture.id(number));
    return limit.take(hasher);
  }

  @Test
  void shouldLimitTheRepliesForEachOfManyIdsAskedForInTurn() {
    for (int round = 1; round <= REPLIES + 1; round++) {
      for (int number = 1; number <= IDS; number++) {
        assertEquals(round <= REPLIES, take(number), "round " + round + ", id " + number);
      }
    }
    assertEquals(0, counters.repliesEvicted);
  }

  @Test
  void shouldForgetTheOldestIdAndCountIt() {
    for (int round = 0; round < REPLIES; round++) {
      take(1);
    }
    assertFalse(take(1));
    for (int number = 2; number <= IDS + 1; number++) {
      take(number);
    }

    assertEquals(1, counters.repliesEvicted);
    assertTrue(take(1));
  }
}
