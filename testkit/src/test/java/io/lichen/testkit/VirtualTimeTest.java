// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> log = new ArrayList<>();

  @Test
  void shouldRunTasksInOrderOfTimeThenOfScheduling() {
    time.schedule(20, () -> log.add("c"));
    time.schedule(10, () -> log.add("a"));
    time.schedule(10, () -> log.add("b"));
    time.runFor(20);

    assertEquals(List.of("a", "b", "c"), log);
    assertEquals(20, time.nowNs());
  }

  @Test
  void shouldRunWhatATaskSchedulesWithinTheSpan() {
    time.schedule(5, () -> time.schedule(5, () -> log.add("at " + time.nowNs())));
    time.runFor(9);
    assertEquals(List.of(), log);

    time.runFor(1);
    assertEquals(List.of("at 10"), log);
  }

  @Test
  void shouldRepeatPeriodicTasks() {
    time.scheduleEvery(3, 10, () -> log.add("" + time.nowNs()));
    time.runFor(25);

    assertEquals(List.of("3", "13", "23"), log);
    assertEquals(1, time.pending());
  }

  @Test
  void shouldRefuseNegativeDelay() {
    assertThrows(IllegalArgumentException.class, () -> time.schedule(-1, () -> {}));
    assertThrows(IllegalArgumentException.class, () -> time.scheduleEvery(0, 0, () -> {}));
  }
}
