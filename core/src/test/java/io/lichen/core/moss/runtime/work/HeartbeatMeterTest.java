// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeartbeatMeterTest {
  private final HeartbeatMeter meter = new HeartbeatMeter(100);

  @Test
  void shouldKeepTheLatestAndAddUpTheTimes() {
    meter.beat(-50, -50, -48);
    assertEquals(0, meter.maxLateNs(), "the first has nothing before it");
    meter.beat(50, 50, 53);
    assertEquals(0, meter.maxLateNs());
    meter.beat(180, 180, 181);
    assertEquals(30, meter.maxLateNs());
    meter.beat(290, 290, 291);

    assertEquals(30, meter.maxLateNs());
    assertEquals(4, meter.count.sum());
    assertEquals(7, meter.spentNs.sum());
  }

  @Test
  void shouldCountWhatCameBeforeItInItsOwnTurn() {
    meter.beat(0, 40, 41);
    meter.beat(100, 125, 130);

    assertEquals(25, meter.maxLateNs());
    assertEquals(6, meter.spentNs.sum());
  }

  @Test
  void shouldTellSharesOfTheLastOnes() {
    assertEquals(0, meter.lateNs(0.5));
    long turnNs = 0;
    meter.beat(turnNs, turnNs, turnNs);
    // Long ago all were late by 77; of the last ones each was late by one more than that before.
    for (int beat = 0; beat < 3 * HeartbeatMeter.REMEMBERED + 5; beat++) {
      turnNs = beatLate(turnNs, 77);
    }
    for (int beat = 0; beat < HeartbeatMeter.REMEMBERED; beat++) {
      turnNs = beatLate(turnNs, 100 + beat);
    }

    assertEquals(100, meter.lateNs(0));
    assertEquals(100 + 512, meter.lateNs(0.5));
    assertEquals(100 + 1023, meter.lateNs(1));
    assertEquals(100 + 1023, meter.maxLateNs());
  }

  private long beatLate(long lastTurnNs, long lateNs) {
    long turnNs = lastTurnNs + 100;
    meter.beat(turnNs, turnNs + lateNs, turnNs + lateNs);
    return turnNs;
  }
}
