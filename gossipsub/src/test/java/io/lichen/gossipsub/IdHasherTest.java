// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdHasherTest {
  private static long high(long seed, String id) {
    IdHasher hasher = new IdHasher(new SplittableRandom(seed));
    hasher.hash(id);
    return hasher.high;
  }

  @Test
  void shouldDependOnTheKey() {
    assertEquals(high(1, "id"), high(1, "id"));
    assertNotEquals(high(1, "id"), high(2, "id"));
  }

  @Test
  void shouldTellApartIdsOfEveryLengthAndEveryChangedCharacter() {
    IdHasher hasher = new IdHasher(new SplittableRandom(7));
    Set<Long> highs = new HashSet<>();
    Set<Long> lows = new HashSet<>();
    int ids = 0;
    for (int length = 0; length <= 70; length++) {
      for (int changed = 0; changed <= length; changed++) {
        StringBuilder id = new StringBuilder("a".repeat(length));
        if (changed < length) {
          id.setCharAt(changed, 'b');
        }
        hasher.hash(id.toString());
        highs.add(hasher.high);
        lows.add(hasher.low);
        ids++;
      }
    }
    assertEquals(ids, highs.size());
    assertEquals(ids, lows.size());
  }

  @Test
  void shouldSpreadItsBitsEvenly() {
    IdHasher hasher = new IdHasher(new SplittableRandom(9));
    int[] ones = new int[128];
    int ids = 10_000;
    for (int number = 0; number < ids; number++) {
      hasher.hash(Fixture.id(number));
      for (int bit = 0; bit < 64; bit++) {
        ones[bit] += (int) (hasher.high >>> bit) & 1;
        ones[64 + bit] += (int) (hasher.low >>> bit) & 1;
      }
    }
    for (int bit = 0; bit < 128; bit++) {
      int at = bit;
      assertTrue(Math.abs(ones[bit] - ids / 2) < 300, () -> "bit " + at + ": " + ones[at]);
    }
  }
}
