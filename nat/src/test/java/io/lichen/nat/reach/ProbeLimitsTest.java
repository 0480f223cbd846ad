// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class ProbeLimitsTest {
  private final ProbeLimits limits = new ProbeLimits();

  private static InetAddress host(int number) {
    return InetAddress.ofLiteral("10.0." + number / 256 + "." + number % 256);
  }

  @Test
  void shouldServeOneHostOnceASecondAndOneAtATime() {
    assertTrue(limits.begins(host(1), 0));
    assertFalse(limits.begins(host(1), ProbeLimits.PAUSE_NS));
    limits.ended(host(1));
    assertFalse(limits.begins(host(1), ProbeLimits.PAUSE_NS - 1));
    assertTrue(limits.begins(host(1), ProbeLimits.PAUSE_NS));
  }

  @Test
  void shouldServeAFewAtATime() {
    int served = 0;
    for (int i = 0; i < 100; i++) {
      served += limits.begins(host(i), 0) ? 1 : 0;
    }
    assertEquals(ProbeLimits.MAX_UNDER_WAY, served);
    limits.ended(host(0));
    assertTrue(limits.begins(host(200), 0));
  }

  @Test
  void shouldForgetHostsBeyondItsBound() {
    for (int i = 0; i <= ProbeLimits.MAX_HOSTS; i++) {
      assertTrue(limits.begins(host(i), 0));
      limits.ended(host(i));
    }
    assertTrue(limits.begins(host(0), 0), "forgotten");
    assertFalse(limits.begins(host(ProbeLimits.MAX_HOSTS), 0));
  }
}
