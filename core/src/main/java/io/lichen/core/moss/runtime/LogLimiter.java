// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets one log line through per interval and counts the others, so that no remote side can fill a
 * disk. Thread-safe.
 */
final class LogLimiter {
  private final long intervalNs;
  private final LongSupplier clockNs;
  private final AtomicLong nextNs;
  private final AtomicLong suppressed = new AtomicLong();

  LogLimiter(long intervalNs, LongSupplier clockNs) {
    this.intervalNs = intervalNs;
    this.clockNs = clockNs;
    this.nextNs = new AtomicLong(clockNs.getAsLong());
  }

  /** Whether a line may be written now. */
  boolean permits() {
    long now = clockNs.getAsLong();
    long next = nextNs.get();
    if (now - next >= 0 && nextNs.compareAndSet(next, now + intervalNs)) {
      return true;
    }
    suppressed.incrementAndGet();
    return false;
  }

  /** How many lines were held back since this was last asked. */
  long takeSuppressed() {
    return suppressed.getAndSet(0);
  }
}
