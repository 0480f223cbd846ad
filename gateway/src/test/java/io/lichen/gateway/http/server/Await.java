// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Await() {}

  static void until(BooleanSupplier condition) throws InterruptedException {
    long endNs = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("not within " + PATIENCE);
      }
      Thread.sleep(5);
    }
  }
}
