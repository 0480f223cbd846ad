// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
  @Test
  void shouldRememberTheLatestKeysAndNoOthersWhateverTheirOrder() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int most = 1 + random.nextInt(3_000);
      RecentKeys keys = new RecentKeys(most, random.nextLong());
      Deque<TopicKey> order = new ArrayDeque<>();
      Set<TopicKey> expected = new HashSet<>();
      for (int i = 0; i < 10_000; i++) {
        TopicKey key = new TopicKey(random.nextInt(5_000), random.nextInt(2));
        assertEquals(expected.contains(key), keys.contains(key), "seed " + seed + " step " + i);
        if (expected.add(key)) {
          keys.add(key, i);
          order.add(key);
          if (order.size() > most) {
            expected.remove(order.removeFirst());
          }
        }
        assertEquals(expected.size(), keys.size(), "seed " + seed);
      }
    }
  }

  @Test
  void shouldSayUntilWhenForgottenMessagesWereHeard() {
    RecentKeys keys = new RecentKeys(2, 0);
    keys.add(new TopicKey(1, 0), 50);
    keys.add(new TopicKey(2, 0), 10);
    assertEquals(Long.MIN_VALUE, keys.goneHeardMs());
    keys.add(new TopicKey(3, 0), 60);
    assertEquals(50, keys.goneHeardMs());
    keys.add(new TopicKey(4, 0), 60);
    assertEquals(50, keys.goneHeardMs());
  }
}
