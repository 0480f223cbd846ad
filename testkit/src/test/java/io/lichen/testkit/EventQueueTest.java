// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
  private record Event(long atNs, int order) {}

  /** Against a list that is sorted anew for every event. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldFireByTimeThenInOrderOfAddingWhateverIsAddedBetween(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    EventQueue queue = new EventQueue();
    List<Event> model = new ArrayList<>();
    List<Event> fired = new ArrayList<>();
    List<Event> expected = new ArrayList<>();
    for (int order = 0; order < 5000; order++) {
      Event event = new Event(random.nextLong(50), order);
      queue.add(
          event.atNs(),
          (what, word) -> fired.add(new Event((Long) what, word)),
          event.atNs(),
          order);
      model.add(event);
      for (int fires = random.nextInt(3); fires > 0 && !model.isEmpty() && order > 300; fires--) {
        Event first = model.stream().min(BY_TIME).orElseThrow();
        model.remove(first);
        expected.add(first);
        assertEquals(first.atNs(), queue.firstNs());
        queue.fireFirst();
      }
      assertEquals(model.size(), queue.size());
    }
    assertEquals(expected, fired, "seed " + seed);
  }

  private static final Comparator<Event> BY_TIME =
      Comparator.comparingLong(Event::atNs).thenComparingInt(Event::order);
}
