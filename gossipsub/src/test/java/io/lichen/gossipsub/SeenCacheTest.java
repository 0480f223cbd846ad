// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeenCacheTest {
  private static final long SECOND = 1_000_000_000L;

  private final Counters counters = new Counters();
  private final IdHasher hasher = new IdHasher(new SplittableRandom(3));

  private IdHasher id(int number) {
    hasher.hash(Fixture.id(number));
    return hasher;
  }

  @Test
  void shouldKnowAnIdForTheTimeToLiveAndForgetItSoonAfter() {
    SeenCache cache = new SeenCache(1024, 64 * SECOND, counters);
    assertTrue(cache.addIfNew(id(1), 0));
    cache.sweep(64 * SECOND, 1000);
    assertFalse(cache.addIfNew(id(1), 64 * SECOND));

    cache.sweep(66 * SECOND, 1000);
    assertTrue(cache.addIfNew(id(1), 66 * SECOND));
  }

  @Test
  void shouldNotProlongTheLifeOfAnIdThatComesAgain() {
    SeenCache cache = new SeenCache(1024, 64 * SECOND, counters);
    for (int second = 0; second < 64; second++) {
      cache.addIfNew(id(1), second * SECOND);
    }
    cache.sweep(66 * SECOND, 1000);

    assertEquals(0, cache.size());
  }

  @Test
  void shouldPushOutTheOldestAtTheBoundAndCountIt() {
    SeenCache cache = new SeenCache(1024, 64 * SECOND, counters);
    for (int number = 0; number < 1034; number++) {
      assertTrue(cache.addIfNew(id(number), 0));
    }

    assertEquals(1024, cache.size());
    assertEquals(10, counters.seenEvicted);
    assertFalse(cache.contains(id(9)));
    assertTrue(cache.contains(id(10)));
  }

  @Test
  void shouldHoldAMillionIdsWithoutMixingThemUp() {
    SeenCache cache = new SeenCache(1 << 20, 120 * SECOND, counters);
    for (int number = 0; number < 1 << 20; number++) {
      assertTrue(cache.addIfNew(id(number), number * 100_000L), () -> "id taken for another");
    }
    assertEquals(1 << 20, cache.size());
    for (int number = 0; number < 1 << 20; number += 997) {
      assertTrue(cache.contains(id(number)));
    }
  }

  @Test
  void shouldShrinkWhileBusyWithoutAnyHeartbeat() {
    SeenCache cache = new SeenCache(1 << 20, 64 * SECOND, counters);
    for (int number = 0; number < 200_000; number++) {
      cache.addIfNew(id(number), number * SECOND / 100);
    }

    assertTrue(cache.size() <= 66 * 100 + 2, () -> "holds " + cache.size());
    assertEquals(0, counters.seenEvicted);
  }

  @Test
  void shouldSurviveAClockThatJumps() {
    SeenCache cache = new SeenCache(1024, 64 * SECOND, counters);
    for (int number = 0; number < 1000; number++) {
      cache.addIfNew(id(number), number * 1000L * SECOND);
    }

    assertTrue(cache.size() <= 3);
  }
}
