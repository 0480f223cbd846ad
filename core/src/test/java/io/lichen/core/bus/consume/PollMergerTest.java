// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.bus.EventFilter;
import io.lichen.core.bus.PollRequest;
import io.lichen.core.bus.PollRequest.Ordering;
import io.lichen.core.bus.PollResult;
import io.lichen.core.bus.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PollMergerTest {
  private static final EventFilter EVEN = EventFilter.parse("{\"path\":\"even\",\"value\":true}");

  private final ScriptedAdapter adapter = new ScriptedAdapter();

  @Test
  void shouldGiveNothingForALimitOfZeroOrNoShards() {
    adapter.add(0, 1, "{}");

    assertEquals(PollResult.EMPTY, poll(PollRequest.of(0).from("not even a cursor")));
    assertEquals(PollResult.EMPTY, poll(PollRequest.of(5).shards(List.of())));
  }

  @Test
  void shouldFillThePageShardAfterShardUnlessOrderedByInsertion() {
    for (int i = 0; i < 3; i++) {
      adapter.add(0, 10L * i, "{\"s\":0}");
      adapter.add(1, 10L * i + 5, "{\"s\":1}");
    }

    assertEquals(List.of(0L, 10L, 20L, 5L), times(poll(PollRequest.of(4))));
    assertEquals(
        List.of(0L, 5L, 10L, 15L), times(poll(PollRequest.of(4).ordered(Ordering.INSERTION_TS))));
  }

  @Test
  void shouldGoOnBehindTheLastReturnedEventOfEachShard() {
    for (int i = 0; i < 5; i++) {
      adapter.add(0, i, "{}");
    }
    adapter.add(1, 9, "{}");

    PollResult first = poll(PollRequest.of(3));
    PollResult second = poll(PollRequest.of(3).from(first.cursor()));
    PollResult third = poll(PollRequest.of(3).from(second.cursor()));

    assertEquals(List.of(0L, 1L, 2L), times(first));
    assertTrue(first.hasMore());
    assertEquals(List.of(3L, 4L, 9L), times(second));
    assertFalse(second.hasMore());
    assertEquals(List.of(), times(third));
    assertEquals(second.cursor(), third.cursor());
  }

  @Test
  void shouldMoveOnOverEventsThatTheFilterLeavesOut() {
    for (int i = 0; i < 10; i++) {
      adapter.add(0, i, "{\"even\":false}");
    }

    PollResult result = poll(PollRequest.of(1).matching(EVEN));

    assertEquals(List.of(), times(result));
    assertTrue(result.hasMore());
    assertEquals("3", Cursor.decode(String.valueOf(result.cursor())).position(0));
  }

  @Test
  void shouldGoBackToTheLastReturnedEventWhenTheLimitCutsWhatMatched() {
    for (int i = 0; i < 4; i++) {
      adapter.add(0, i, "{\"even\":true}");
      adapter.add(1, i, "{\"even\":true}");
      adapter.add(1, 10 + i, "{\"even\":false}");
    }

    PollResult result = poll(PollRequest.of(3).matching(EVEN));

    Cursor cursor = Cursor.decode(String.valueOf(result.cursor()));
    assertEquals("3", cursor.position(0), "the last one returned");
    assertNull(cursor.position(1), "none returned: where it was, the beginning");
  }

  @Test
  void shouldSkipAndReportAShardThatFails() {
    adapter.add(0, 1, "{}");
    adapter.add(1, 2, "{}");
    adapter.failing = 0;

    PollResult result = poll(PollRequest.of(5));

    assertEquals(List.of(2L), times(result));
    assertEquals(List.of(0), result.failedShards());
  }

  @Test
  void shouldWithholdEventsOfAShardWhosePositionsChangedTheirFormat() {
    adapter.add(0, 1, "{\"even\":true}");
    adapter.add(1, 2, "{\"even\":true}");
    Cursor foreign = Cursor.start();
    foreign.move(0, "7-7");

    PollResult plain = poll(PollRequest.of(5).from(foreign.encode()));
    PollResult filtered = poll(PollRequest.of(5).from(foreign.encode()).matching(EVEN));

    for (PollResult result : List.of(plain, filtered)) {
      assertEquals(List.of(2L), times(result));
      assertEquals(List.of(0), result.failedShards());
      assertEquals("7-7", Cursor.decode(String.valueOf(result.cursor())).position(0));
    }
  }

  @Test
  void shouldReportShardsThatHaveMoreButBringNothing() {
    adapter.stalled = 1;

    PollResult result = poll(PollRequest.of(5));

    assertFalse(result.hasMore(), "the caller would poll for ever");
    assertEquals(List.of(1), result.stalledShards());
    assertNull(result.cursor());
  }

  @Test
  void shouldAskEachShardForASharePlusSpareAndNeverForMoreThanTheCap() {
    poll(PollRequest.of(101));
    assertEquals(102, adapter.lastLimit);
    poll(PollRequest.of(101).matching(EVEN));
    assertEquals(153, adapter.lastLimit);
    assertFalse(poll(PollRequest.of(10_000)).truncatedAtShardCap());
    assertTrue(poll(PollRequest.of(10_001)).truncatedAtShardCap());
    assertEquals(10_000, adapter.lastLimit);
    assertTrue(poll(PollRequest.of(Long.MAX_VALUE)).truncatedAtShardCap());
  }

  @Test
  void shouldPollNamedShardsOnceAndAscendingAlsoUnknownOnes() {
    adapter.add(7, 1, "{}");
    adapter.add(1, 2, "{}");

    assertEquals(List.of(2L, 1L), times(poll(PollRequest.of(9).shards(List.of(7, 1, 7)))));
  }

  @Test
  void shouldBringEveryMatchingEventOnceOverPagesOfAnySizeAlsoIfTimesGoBack() {
    long seed = Long.getLong("lichen.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      ScriptedAdapter some = new ScriptedAdapter();
      Set<String> expected = new HashSet<>();
      for (long i = 0, count = random.nextInt(60); i < count; i++) {
        boolean even = random.nextBoolean();
        some.add(random.nextInt(4), random.nextInt(100), "{\"even\":" + even + ",\"i\":" + i + "}");
        if (even) {
          expected.add("{\"even\":true,\"i\":" + i + "}");
        }
      }
      List<String> found = walk(some, random);
      assertEquals(expected.size(), found.size(), "seed " + seed + ", round " + round);
      assertEquals(expected, new HashSet<>(found), "seed " + seed + ", round " + round);
    }
  }

  private static List<String> walk(ScriptedAdapter some, SplittableRandom random) {
    List<String> found = new ArrayList<>();
    PollRequest request = PollRequest.of(1).matching(EVEN);
    PollResult page;
    do {
      Ordering ordering = random.nextBoolean() ? Ordering.NONE : Ordering.INSERTION_TS;
      PollRequest next =
          new PollRequest(
              1 + random.nextInt(9), request.cursor(), request.filter(), ordering, null);
      page = PollMerger.poll(some, next, List.of(0, 1, 2, 3));
      page.events().forEach(event -> found.add(event.text()));
      request = request.from(page.cursor());
    } while (page.hasMore());
    return found;
  }

  private PollResult poll(PollRequest request) {
    return PollMerger.poll(adapter, request, List.of(0, 1));
  }

  private static List<Long> times(PollResult result) {
    return result.events().stream().map(StoredEvent::insertionTs).toList();
  }
}
