// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HolePunchTest {
  private static final long MS = 1_000_000L;
  private static final PunchSettings SETTINGS = new PunchSettings(2, 1000 * MS, Shots.once(), 8);

  private final List<String> done = new ArrayList<>();
  private long nowNs;

  private final HolePunch.Output<String> output =
      new HolePunch.Output<>() {
        @Override
        public void ask(String coordinator, int attempt, long askedNs) {
          done.add(askedNs / MS + ":ask " + coordinator + " " + attempt);
        }

        @Override
        public void fire(Candidate candidate, int shot) {
          done.add(nowNs / MS + ":" + candidate.address().getPort());
        }

        @Override
        public void over(PunchEnd end, long endedNs) {
          done.add(endedNs / MS + ":" + end);
        }
      };

  private static Candidate at(int port) {
    return Candidate.reported(new InetSocketAddress("203.0.113.5", port));
  }

  private HolePunch<String> punch(String... coordinators) {
    return new HolePunch<>(SETTINGS, List.of(coordinators), 5000 * MS, output);
  }

  private void run(HolePunch<String> punch, long untilNs) {
    while (punch.nextDeadlineNs() <= untilNs) {
      nowNs = Math.max(nowNs, punch.nextDeadlineNs());
      punch.onTimer(nowNs);
    }
    nowNs = untilNs;
  }

  @Test
  void shouldFireAtAllThatIsReportedAndAskAnotherThatKnowsMore() {
    HolePunch<String> punch = punch("x", "y");
    punch.start(0);
    punch.offered(750 * MS, 0);
    assertTrue(punch.add(at(1), 0));
    assertTrue(punch.add(at(2), 0));
    run(punch, 1800 * MS);
    assertEquals("y", punch.asked());
    punch.offered(2500 * MS, nowNs);
    punch.add(at(3), nowNs);
    run(punch, 2600 * MS);
    punch.met(nowNs);
    run(punch, 9000 * MS);
    assertEquals(
        List.of(
            "0:ask x 0",
            "750:1",
            "750:2",
            "1750:ask y 1",
            "2500:1",
            "2500:2",
            "2500:3",
            "2600:MET"),
        done);
    assertFalse(punch.add(at(4), nowNs));
  }

  @Test
  void shouldMissAfterTheLastAttempt() {
    HolePunch<String> punch = punch("x");
    punch.start(0);
    punch.offered(100 * MS, 0);
    run(punch, 1200 * MS);
    punch.offered(1300 * MS, nowNs);
    run(punch, 9000 * MS);
    assertEquals(List.of("0:ask x 0", "1100:ask x 1", "2300:MISSED"), done);
  }

  @Test
  void shouldAskTheNextWhereOneCannotBeAsked() {
    HolePunch<String> punch = punch("x", "y");
    punch.start(0);
    punch.refused(0);
    punch.refused(0);
    assertEquals(List.of("0:ask x 0", "0:ask y 0", "0:NO_COORDINATOR"), done);
  }

  @Test
  void shouldFireAtWhatIsKnownWhereNobodyCoordinates() {
    HolePunch<String> punch = punch();
    punch.add(at(1), 0);
    punch.start(0);
    run(punch, 9000 * MS);
    assertEquals(List.of("0:1", "1000:MISSED"), done);
    punch().start(0);
    assertEquals("0:NO_COORDINATOR", done.getLast());
  }

  @Test
  void shouldEndWhenTheTimeIsUpThoughNobodyEverAnswered() {
    HolePunch<String> punch = punch("x");
    punch.start(0);
    run(punch, 9000 * MS);
    assertEquals(List.of("0:ask x 0", "5000:MISSED"), done);
  }

  @Test
  void shouldEndOnce() {
    HolePunch<String> punch = punch("x");
    punch.start(0);
    punch.cancel(MS);
    punch.met(MS);
    punch.refused(MS);
    punch.offered(MS, MS);
    assertTrue(punch.isOver());
    assertEquals(List.of("0:ask x 0", "1:CANCELLED"), done);
    assertEquals(Long.MAX_VALUE, punch.nextDeadlineNs());
  }
}
