// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what nobody announces: looking again, up to a deadline. */
public final class Waits {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private Waits() {}

  /** Returns once the condition holds; an {@link AssertionError} if it does not in time. */
  public static void until(String description, Duration limit, BooleanSupplier condition) {
    if (!holdsWithin(limit, condition)) {
      throw new AssertionError("not within " + limit + ": " + description);
    }
  }

  /** Whether the condition comes to hold in time. */
  public static boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs >= 0) {
        return false;
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
    return true;
  }
}
