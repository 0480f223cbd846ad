// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PunchRaceTest {
  private static final long MS = 1_000_000L;

  private final List<String> shots = new ArrayList<>();
  private long nowNs;

  private final PunchRace.Output output =
      new PunchRace.Output() {
        @Override
        public void fire(Candidate candidate, int shot) {
          String way = candidate.stream() ? "tcp " : "";
          shots.add(nowNs / MS + ":" + way + candidate.address().getPort() + "#" + shot);
        }

        @Override
        public void missed(long missedNs) {
          shots.add(missedNs / MS + ":missed");
        }
      };

  private static Candidate at(int port) {
    return Candidate.reported(new InetSocketAddress("203.0.113.5", port));
  }

  private static Candidate predicted(int port) {
    return Candidate.predicted(new InetSocketAddress("203.0.113.5", port));
  }

  private PunchRace race(Shots when) {
    return new PunchRace(when, 3, 100 * MS, 1000 * MS, output);
  }

  private void run(PunchRace race, long untilNs) {
    while (race.nextDeadlineNs() <= untilNs) {
      nowNs = Math.max(nowNs, race.nextDeadlineNs());
      race.onTimer(nowNs);
    }
    nowNs = untilNs;
  }

  @Test
  void shouldConnectOnlyAfterDatagramsHaveHadTheirTime() {
    PunchRace race = new PunchRace(Shots.once(), 3, 100 * MS, 3000 * MS, output);
    InetSocketAddress place = new InetSocketAddress("203.0.113.5", 1);
    assertTrue(race.add(Candidate.reported(place), 0));
    assertTrue(race.add(Candidate.stream(place), 0));
    assertFalse(race.add(Candidate.stream(place), 0));
    run(race, 2000 * MS);
    race.again(2000 * MS, true);
    run(race, 2600 * MS);
    race.end();
    run(race, 2900 * MS);

    assertEquals(
        List.of(
            "100:1#0", "600:tcp 1#0", "850:tcp 1#1", "1200:tcp 1#2", "2000:1#0", "2500:tcp 1#0"),
        shots);
    assertTrue(race.isOver());
  }

  @Test
  void shouldFireAtAllOfThemTogetherAndRepeatAsTold() {
    PunchRace race = race(new Shots(List.of(0L, 100 * MS, 250 * MS), 250 * MS));
    assertTrue(race.add(at(1), 0));
    assertTrue(race.add(at(2), 0));
    assertFalse(race.add(at(1), 0));
    run(race, 700 * MS);
    assertEquals(
        List.of(
            "100:1#0", "100:2#0", "200:1#1", "200:2#1", "350:1#2", "350:2#2", "600:1#3", "600:2#3"),
        shots);
  }

  @Test
  void shouldFireAtOnceAtWhatComesLate() {
    PunchRace race = race(Shots.once());
    race.add(at(1), 0);
    run(race, 300 * MS);
    race.add(at(2), nowNs);
    assertEquals(List.of("100:1#0", "300:2#0"), shots);
  }

  @Test
  void shouldFireAtPredictedPortsFirstAndInTheirOrder() {
    PunchRace race = race(Shots.once());
    race.add(at(9), 0);
    race.add(predicted(3), 0);
    race.add(predicted(2), 0);
    assertFalse(race.add(predicted(1), 0), "there are three");
    run(race, 200 * MS);
    assertEquals(List.of("100:3#0", "100:2#0", "100:9#0"), shots);
  }

  @Test
  void shouldFireNoMoreOnceItHasEnded() {
    PunchRace race = race(Shots.once());
    race.add(at(1), 0);
    race.end();
    assertEquals(Long.MAX_VALUE, race.nextDeadlineNs());
    assertFalse(race.add(at(2), 500 * MS));
    race.onTimer(2000 * MS);
    assertEquals(List.of(), shots);
  }

  @Test
  void shouldMissWhenTheTimeIsUp() {
    PunchRace race = race(new Shots(List.of(0L), 300 * MS));
    race.add(at(1), 0);
    run(race, 5000 * MS);
    assertEquals(List.of("100:1#0", "400:1#1", "700:1#2", "1000:missed"), shots);
    assertTrue(race.isOver());
  }

  @Test
  void shouldBeginAnewWithoutOldPredictions() {
    PunchRace race = race(Shots.once());
    race.add(at(1), 0);
    race.add(predicted(2), 0);
    run(race, 200 * MS);
    race.again(500 * MS, false);
    run(race, 600 * MS);
    assertEquals(List.of("100:2#0", "100:1#0", "500:1#0"), shots);
  }

  @Test
  void shouldNotMakeUpForShotsThatAHeldUpLoopHasMissed() {
    PunchRace race = race(new Shots(List.of(0L, 100 * MS, 250 * MS), 0));
    race.add(at(1), 0);
    nowNs = 220 * MS;
    race.onTimer(nowNs);
    run(race, 900 * MS);
    assertEquals(List.of("220:1#0", "350:1#2"), shots);
  }

  @Test
  void shouldRefuseShotsOutOfOrder() {
    assertThrows(IllegalArgumentException.class, () -> new Shots(List.of(), 5));
    assertThrows(IllegalArgumentException.class, () -> new Shots(List.of(5L, 5L), 5));
    assertThrows(IllegalArgumentException.class, () -> new Shots(List.of(-1L), 5));
  }
}
