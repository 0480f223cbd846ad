// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upstream's settings as a rate, and the bucket that holds a sender to it. */
class RelayRateTest {
  private static final long S = 1_000_000_000L;

  /** As recorded, and at the ends of what numbers can say. */
  @ParameterizedTest
  @CsvSource({
    "256,256000,64000,256000,64000",
    "0,256000,64000,256000,64000",
    "1,256000,64000,1024,256",
    "256,100,10,100,10",
    "256,256000,0,256000,64000",
    "0,0,0,1024,256",
    "256,3,9,3,1",
    "9223372036854775807,9223372036854775807,1000000,9223372036854775807,1000000",
  })
  void shouldFollowFromTheSettings(
      long kilobytes, long burst, long sustained, long capacity, long perSecond) {
    assertEquals(new RelayRate(capacity, perSecond), RelayRate.of(kilobytes, burst, sustained));
  }

  @Test
  void shouldGiveItsCapacityAtOnceAndItsRateAfterwards() {
    ByteBucket bucket = new ByteBucket(new RelayRate(1000, 100), 0);
    assertTrue(bucket.take(1000, 0));
    assertFalse(bucket.take(1, 0));
    long passed = 0;
    for (long nowNs = 0; nowNs < 60 * S; nowNs += S / 100) {
      passed += bucket.take(7, nowNs) ? 7 : 0;
    }
    assertTrue(passed > 5900 && passed <= 6000, () -> "in a minute it should be 6000");
  }

  @Test
  void shouldSayHowLongToWait() {
    ByteBucket bucket = new ByteBucket(new RelayRate(1000, 100), 0);
    assertEquals(0, bucket.waitNs(5000, 0), "what never fits goes when the bucket is full");
    bucket.spend(5000, 0);
    assertEquals(40 * S + S / 2, bucket.waitNs(50, 0));
    assertEquals(0, bucket.waitNs(50, 40 * S + S / 2));
  }
}
