// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.bus.Batching;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizerTest {
  private static final long MS = 1_000_000L;

  @Test
  void shouldApproachFiveMillisecondsWorthOfEventsByQuarters() {
    BatchSizer sizer = new BatchSizer(Batching.DEFAULT, 0);
    assertEquals(1000, sizer.size());

    sizer.record(10_000, 0);
    sizer.record(8000, 10 * MS);
    assertEquals(1000, sizer.size(), "no sooner than after more than 10 ms");
    sizer.record(8000, 20 * MS);

    // 16 000 events in 20 ms are 800 000 a second: 4000 in 5 ms.
    assertEquals((3 * 1000 + 4000) / 4, sizer.size());
    sizer.record(8000, 31 * MS);
    long target = (long) (24_000 / 0.031 / 200);
    assertEquals((3 * 1750 + target) / 4, sizer.size());
  }

  @Test
  void shouldStayWithinItsBounds() {
    BatchSizer sizer = new BatchSizer(Batching.DEFAULT, 0);
    for (int i = 1; i < 100; i++) {
      sizer.record(10_000_000, 11L * i * MS);
    }
    assertEquals(9997, sizer.size(), "the last quarter of 3 is 0");
    for (int i = 100; i < 200; i++) {
      sizer.record(1, 1000L * i * MS);
    }
    assertEquals(1000, sizer.size());
  }

  @Test
  void shouldNotChangeUnlessAdaptive() {
    Batching fixed = new Batching(5, 50, Duration.ofMillis(1), false, Duration.ZERO);
    BatchSizer sizer = new BatchSizer(fixed, 0);

    sizer.record(1_000_000, 100 * MS);
    sizer.record(1_000_000, 200 * MS);

    assertEquals(50, sizer.size());
  }
}
