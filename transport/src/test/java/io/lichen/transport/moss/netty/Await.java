// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads. */
final class Await {
  private static final long LIMIT_NS = 20_000_000_000L;

  private Await() {}

  static void until(BooleanSupplier condition) {
    long endNs = System.nanoTime() + LIMIT_NS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("the condition did not come true within 20 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
