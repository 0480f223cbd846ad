// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProviderStoreTest {
  private final ProviderStore store = new ProviderStore(new ProviderStore.Limits(90, 3, 4, 10));

  private static OverlayKey key(int number) {
    return new OverlayKey(0, 0, 0, number);
  }

  private void put(int key, int provider, long now) {
    store.put(key(key), key(provider), new byte[] {(byte) now}, now);
  }

  private List<Long> get(int key, long now) {
    return store.get(key(key), now).stream().map(one -> one.provider().d()).toList();
  }

  @Test
  void shouldForgetWhatIsNotRenewed() {
    put(1, 1, 0);
    put(1, 2, 5);
    put(1, 1, 50);

    assertEquals(List.of(2L, 1L), get(1, 94));
    assertEquals(List.of(1L), get(1, 95));
    assertEquals(50, store.get(key(1), 95).getFirst().payload()[0]);
    store.expire(95);
    assertEquals(1, store.size());
    store.expire(140);
    assertEquals(0, store.size());
    assertEquals(0, store.evicted());
  }

  @Test
  void shouldDropTheOldestKeyOfAProviderThatHasTooMany() {
    for (int key = 1; key <= 5; key++) {
      put(key, 7, key);
    }

    assertEquals(List.of(), get(1, 5));
    assertEquals(List.of(7L), get(2, 5));
    assertEquals(1, store.evicted());
  }

  @Test
  void shouldMakeRoomAtTheCostOfWhoeverHasMost() {
    put(100, 1, 0);
    for (int key = 1; key <= 4; key++) {
      put(key, 7, 1);
      put(key, 8, 1);
    }
    put(101, 2, 1);
    assertEquals(10, store.size());

    put(102, 3, 2);
    put(103, 4, 2);

    assertEquals(10, store.size());
    assertEquals(List.of(1L), get(100, 2), "the oldest record of all, but its provider's only one");
    assertEquals(List.of(2L), get(101, 2));
    assertEquals(List.of(3L), get(102, 2));
    assertEquals(List.of(4L), get(103, 2));
    assertEquals(2, store.evicted());
  }

  @Property(tries = 200)
  void shouldKeepItsBoundsAndItsBooks(@ForAll long seed) {
    ProviderStore fresh = new ProviderStore(new ProviderStore.Limits(90, 3, 4, 10));
    SplittableRandom random = new SplittableRandom(seed);
    long now = 0;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(5);
      fresh.put(key(random.nextInt(6)), key(random.nextInt(6)), new byte[0], now);
      if (random.nextInt(10) == 0) {
        fresh.expire(now);
      }
      assertTrue(fresh.size() <= 10, "seed " + seed);
      assertEquals(counted(fresh), fresh.size(), "seed " + seed);
    }
  }

  /** Records by reading all keys in a time at which none has expired; checks the other bounds. */
  private static int counted(ProviderStore store) {
    Map<OverlayKey, Integer> byProvider = new HashMap<>();
    int count = 0;
    for (int key = 0; key < 6; key++) {
      List<ProviderStore.Provider> providers = store.get(key(key), Long.MIN_VALUE / 2);
      assertTrue(providers.size() <= 3);
      count += providers.size();
      providers.forEach(one -> byProvider.merge(one.provider(), 1, Integer::sum));
    }
    assertTrue(byProvider.values().stream().allMatch(n -> n <= 4));
    return count;
  }
}
