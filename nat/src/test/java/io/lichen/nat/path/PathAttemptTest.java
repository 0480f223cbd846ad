// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathAttemptTest {
  private static final long MS = 1_000_000L;

  private final List<String> done = new ArrayList<>();

  private final PathAttempt.Output output =
      new PathAttempt.Output() {
        @Override
        public void dial(long budgetNs, long nowNs) {
          done.add(nowNs / MS + ":dial " + budgetNs / MS);
        }

        @Override
        public void punch(long budgetNs, long nowNs) {
          done.add(nowNs / MS + ":punch " + budgetNs / MS);
        }

        @Override
        public void over(PathEnd end, long nowNs) {
          done.add(nowNs / MS + ":" + end);
        }
      };

  private PathAttempt started(boolean dialable, boolean shortProbe, boolean punchable) {
    PathAttempt attempt =
        new PathAttempt(new PathAttempt.Terms(dialable, shortProbe, punchable), 5000 * MS, output);
    attempt.start(0);
    return attempt;
  }

  private static void run(PathAttempt attempt, long untilNs) {
    while (attempt.nextDeadlineNs() <= untilNs) {
      attempt.onTimer(attempt.nextDeadlineNs());
    }
  }

  @Test
  void shouldGiveTheDialAHeadStartAndPunchBesides() {
    PathAttempt attempt = started(true, false, true);
    run(attempt, 4000 * MS);
    attempt.connected(4000 * MS);
    assertEquals(List.of("0:dial 5000", "750:punch 4250", "4000:DIRECT"), done);
  }

  @Test
  void shouldPunchSoonWhereANatIsLikely() {
    PathAttempt attempt = started(true, true, true);
    run(attempt, 200 * MS);
    assertEquals(List.of("0:dial 750", "100:punch 4900"), done);
  }

  @Test
  void shouldPunchAtOnceWhereTheDialFailsAndDialOnceMoreAfterwards() {
    PathAttempt attempt = started(true, false, true);
    attempt.dialFailed(10 * MS);
    attempt.punchFailed(3000 * MS);
    attempt.dialFailed(3100 * MS);
    assertEquals(List.of("0:dial 5000", "10:punch 4990", "3000:dial 2000", "3100:EXHAUSTED"), done);
  }

  @Test
  void shouldPunchOnlyWhereThereIsNothingToDial() {
    PathAttempt attempt = started(false, false, true);
    attempt.punchFailed(2000 * MS);
    assertEquals(List.of("0:punch 5000", "2000:EXHAUSTED"), done);
  }

  @Test
  void shouldNotWaitForALongTimeWhereARelayIsBetter() {
    PathAttempt attempt = started(true, true, false);
    attempt.dialFailed(750 * MS);
    assertEquals(List.of("0:dial 750", "750:EXHAUSTED"), done);
    started(false, false, false);
    assertEquals("0:EXHAUSTED", done.getLast());
  }

  @Test
  void shouldEndOnceWhenTheTimeIsUp() {
    PathAttempt attempt = started(true, false, true);
    run(attempt, 6000 * MS);
    attempt.dialFailed(6000 * MS);
    attempt.punchFailed(6000 * MS);
    attempt.connected(6000 * MS);
    attempt.cancel(6000 * MS);
    assertEquals(List.of("0:dial 5000", "750:punch 4250", "5000:TIMED_OUT"), done);
  }
}
