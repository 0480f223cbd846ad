// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waiting for what nobody announces: looking again, first soon, then less often, up to a deadline.
 */
public final class Waits {
  private static final long FIRST_INTERVAL_NS = 1_000_000;
  private static final long LAST_INTERVAL_NS = 20_000_000;

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
    long intervalNs = FIRST_INTERVAL_NS;
    while (!condition.getAsBoolean()) {
      long leftNs = deadlineNs - System.nanoTime();
      if (leftNs <= 0) {
        return false;
      }
      LockSupport.parkNanos(Math.min(intervalNs, leftNs));
      intervalNs = Math.min(2 * intervalNs, LAST_INTERVAL_NS);
    }
    return true;
  }
}
