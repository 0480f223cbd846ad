// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.wait;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
public final class Await {
  private static final long LIMIT_NS = 20_000_000_000L;

  private Await() {}

  /** Waits until the condition holds; fails after 20 s. */
  public static void until(BooleanSupplier condition) {
    long endNs = System.nanoTime() + LIMIT_NS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("the condition did not come true within 20 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
