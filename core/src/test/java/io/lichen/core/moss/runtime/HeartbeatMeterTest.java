// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeartbeatMeterTest {
  @Test
  void shouldKeepTheLatestAndAddUpTheTimes() {
    HeartbeatMeter meter = new HeartbeatMeter(100);

    meter.beat(-50, -48);
    assertEquals(0, meter.maxLateNs(), "the first has nothing before it");
    meter.beat(50, 53);
    assertEquals(0, meter.maxLateNs());
    meter.beat(180, 181);
    assertEquals(30, meter.maxLateNs());
    meter.beat(290, 291);

    assertEquals(30, meter.maxLateNs());
    assertEquals(4, meter.count.sum());
    assertEquals(7, meter.spentNs.sum());
  }
}
