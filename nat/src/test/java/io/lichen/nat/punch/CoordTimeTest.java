// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CoordTimeTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final long MS = 1_000_000L;

  @Test
  void shouldPassOnWhatMakesSense() {
    assertEquals(NOW_MS + 600, CoordTime.normalized(0, NOW_MS));
    assertEquals(NOW_MS + 2000, CoordTime.normalized(NOW_MS + 2000, NOW_MS));
    assertEquals(NOW_MS + 600, CoordTime.normalized(NOW_MS + 2001, NOW_MS));
    assertEquals(NOW_MS - 5000, CoordTime.normalized(NOW_MS - 5000, NOW_MS));
    assertEquals(NOW_MS + 600, CoordTime.normalized(Long.MAX_VALUE, NOW_MS));
  }

  @Test
  void shouldWaitUntilTheNamedTimeWhereClocksAgree() {
    assertEquals(700 * MS, CoordTime.delayNs(NOW_MS + 700, NOW_MS, 0));
    assertEquals(750 * MS, CoordTime.delayNs(NOW_MS + 750, NOW_MS, 100 * MS));
    assertEquals(MS, CoordTime.delayNs(NOW_MS + 1, NOW_MS, 0));
  }

  @Test
  void shouldCountFromTheMessageWhereClocksDiffer() {
    assertEquals(600 * MS, CoordTime.delayNs(NOW_MS - 60_000, NOW_MS, 0));
    assertEquals(550 * MS, CoordTime.delayNs(NOW_MS + 1500, NOW_MS, 100 * MS));
    assertEquals(0, CoordTime.delayNs(NOW_MS + 9000, NOW_MS, 3000 * MS));
    assertEquals(600 * MS, CoordTime.delayNs(0, NOW_MS, -1));
    assertEquals(600 * MS, CoordTime.delayNs(Long.MIN_VALUE, NOW_MS, 0));
  }
}
