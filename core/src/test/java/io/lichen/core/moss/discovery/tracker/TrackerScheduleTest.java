// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrackerScheduleTest {
  private static final long S = 1_000_000_000L;
  private static final AnnounceResponse NO_WISH = new AnnounceResponse(List.of(), 0, 0);

  private final TrackerSchedule schedule = new TrackerSchedule(List.of("a", "b", "a"), 120 * S);

  private static List<String> due(TrackerSchedule schedule, long nowNs) {
    return schedule.due(false, nowNs);
  }

  @Test
  void shouldAskEveryTrackerOnceAtTheStart() {
    assertEquals(List.of("a", "b"), due(schedule, 0));
  }

  @Test
  void shouldAskAgainAfterTheInterval() {
    schedule.succeeded("a", NO_WISH, 0);
    schedule.succeeded("b", NO_WISH, 10 * S);
    assertEquals(List.of(), due(schedule, 120 * S - 1));
    assertEquals(List.of("a"), due(schedule, 120 * S));
    assertEquals(List.of("b", "a"), due(schedule, 130 * S));
  }

  @Test
  void shouldRespectTheIntervalThatATrackerWants() {
    schedule.succeeded("a", new AnnounceResponse(List.of(), 1800, 300), 0);
    schedule.failed("b", 0);
    assertEquals(List.of(), schedule.due(false, 0));
    assertEquals(List.of("b"), schedule.due(false, 1799 * S));
    assertEquals(List.of("a", "b"), schedule.due(false, 1800 * S));
  }

  @Test
  void shouldRespectOnlyItsShortestIntervalWithoutAPeer() {
    schedule.succeeded("a", new AnnounceResponse(List.of(), 1800, 300), 0);
    assertEquals(List.of("b"), schedule.due(true, 299 * S));
    assertEquals(List.of("a", "b"), schedule.due(true, 300 * S));
  }

  @Test
  void shouldAskATrackerThatFailsLessAndLessOften() {
    List<Long> waits = new ArrayList<>();
    long failedNs = 0;
    schedule.succeeded("b", NO_WISH, 0);
    for (long now = 0; waits.size() < 9; now += S) {
      if (due(schedule, now).contains("a")) {
        waits.add((now - failedNs) / S);
        failedNs = now;
        schedule.failed("a", now);
      }
    }
    assertEquals(List.of(0L, 15L, 30L, 60L, 120L, 240L, 480L, 960L, 1800L), waits);
    schedule.succeeded("a", NO_WISH, failedNs);
    schedule.failed("a", failedNs + 120 * S);
    assertEquals(true, due(schedule, failedNs + 135 * S).contains("a"));
  }

  @Test
  void shouldSayOnceThatTheNodeHasCome() {
    assertEquals(AnnounceEvent.STARTED, schedule.event("a"));
    schedule.failed("a", 0);
    assertEquals(AnnounceEvent.STARTED, schedule.event("a"));
    schedule.succeeded("a", NO_WISH, S);
    assertEquals(AnnounceEvent.NONE, schedule.event("a"));
    schedule.failed("a", 200 * S);
    assertEquals(AnnounceEvent.NONE, schedule.event("a"));
    assertEquals(List.of("a"), schedule.announced());
  }
}
