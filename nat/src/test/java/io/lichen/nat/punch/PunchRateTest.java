// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PunchRateTest {
  @Test
  void shouldLetSomeThroughAtOnceAndThenOneInEachInterval() {
    PunchRate<String> rate = new PunchRate<>(3, 100, 8);
    int passed = 0;
    for (int i = 0; i < 10; i++) {
      passed += rate.take("a", 0) ? 1 : 0;
    }
    assertEquals(3, passed);
    assertFalse(rate.take("a", 99));
    assertTrue(rate.take("a", 100));
    assertFalse(rate.take("a", 100));
    assertTrue(rate.take("b", 100), "another has its own");
  }

  @Test
  void shouldForgetWhoWasNotHeardOfForLongest() {
    PunchRate<Integer> rate = new PunchRate<>(1, 1000, 2);
    assertTrue(rate.take(1, 0));
    assertTrue(rate.take(2, 0));
    assertTrue(rate.take(3, 0));
    assertFalse(rate.take(3, 1));
    assertTrue(rate.take(1, 1), "forgotten");
  }
}
