// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EventDeduplicatorTest {
  @Test
  void shouldForgetTheOldestEvenIfItWasMetAgain() {
    EventDeduplicator ids = new EventDeduplicator(2);

    assertFalse(ids.isDuplicate("a"));
    assertFalse(ids.isDuplicate("b"));
    assertTrue(ids.isDuplicate("a"));
    assertFalse(ids.isDuplicate("c"));
    assertFalse(ids.isDuplicate("a"), "was the first to come and so the first to go");
    assertTrue(ids.isDuplicate("c"));
    assertEquals(2, ids.size());
  }

  @Test
  void shouldBringTheCapacityIntoItsBounds() {
    assertEquals(4096, new EventDeduplicator(0).capacity());
    assertEquals(1, new EventDeduplicator(-1).capacity());
    assertEquals(1, new EventDeduplicator(1).capacity());
    assertEquals(16_777_216, new EventDeduplicator(Long.MAX_VALUE).capacity());
  }

  @Test
  void shouldKeepItsCapacityWhenCleared() {
    EventDeduplicator ids = new EventDeduplicator(3);
    ids.isDuplicate("a");

    ids.clear();

    assertTrue(ids.isEmpty());
    assertEquals(3, ids.capacity());
    assertFalse(ids.isDuplicate("a"));
  }

  @Test
  void shouldFindEachIdNewForExactlyOneThread() throws Exception {
    EventDeduplicator ids = new EventDeduplicator(10_000);
    Callable<Integer> finder =
        () -> {
          int found = 0;
          for (int i = 0; i < 5000; i++) {
            found += ids.isDuplicate("id" + i) ? 0 : 1;
          }
          return found;
        };
    int found = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> finders = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        finders.add(threads.submit(finder));
      }
      for (Future<Integer> one : finders) {
        found += one.get();
      }
    }

    assertEquals(5000, found);
  }
}
