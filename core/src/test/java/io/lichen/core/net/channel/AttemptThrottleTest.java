// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AttemptThrottleTest {
  private static final long SECOND = 1_000_000_000L;
  // Wraps around on the way: the clock of nanoseconds has no beginning.
  private static final long START = Long.MAX_VALUE - 5 * SECOND;

  private final AttemptThrottle throttle = new AttemptThrottle();

  @Test
  void shouldThrottleForThirtySecondsAfterSixteenFailures() {
    fail(1, 15, START);
    assertFalse(throttle.isThrottled(1, START));
    fail(1, 1, at(59));
    long since = at(59);
    assertTrue(throttle.isThrottled(1, since));
    assertFalse(throttle.isThrottled(2, since));
    assertTrue(throttle.isThrottled(1, since + 30 * SECOND - 1));
    assertFalse(throttle.isThrottled(1, since + 30 * SECOND));
    fail(1, 15, since + 31 * SECOND);
    assertFalse(throttle.isThrottled(1, since + 31 * SECOND), "it starts anew");
  }

  /** Still within the minute of the failures that were paid for. */
  @Test
  void shouldNotHoldFailuresAgainstAPeerTwice() {
    fail(1, 16, START);
    assertTrue(throttle.isThrottled(1, at(29)));
    assertFalse(throttle.isThrottled(1, at(30)));
    fail(1, 15, at(31));
    assertFalse(throttle.isThrottled(1, at(31)));
    fail(1, 1, at(31));
    assertTrue(throttle.isThrottled(1, at(31)));
  }

  @Test
  void shouldForgetFailuresOfAnOlderMinute() {
    fail(1, 15, START);
    fail(1, 15, at(60));
    assertFalse(throttle.isThrottled(1, at(60)));
  }

  @Test
  void shouldForgetFailuresOnceAuthorized() {
    fail(1, 15, START);
    throttle.clear(1);
    fail(1, 15, START);
    assertFalse(throttle.isThrottled(1, START));
  }

  @Test
  void shouldForgetWhoFailedFirstWhenThereIsNoRoom() {
    for (long node = 0; node <= AttemptThrottle.MAX_PEERS; node++) {
      fail(node, 16, START);
    }
    assertEquals(1, throttle.evicted());
    assertFalse(throttle.isThrottled(0, START));
    assertTrue(throttle.isThrottled(1, START));
  }

  private static long at(long seconds) {
    return START + seconds * SECOND;
  }

  private void fail(long nodeId, int times, long nowNs) {
    for (int time = 0; time < times; time++) {
      throttle.onFailure(nodeId, nowNs);
    }
  }
}
