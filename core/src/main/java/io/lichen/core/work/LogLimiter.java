// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets one log line through per interval and counts the others, so that no remote side can fill a
 * disk. Thread-safe.
 */
public final class LogLimiter {
  private final long intervalNs;
  private final LongSupplier clockNs;
  private final AtomicLong nextNs;
  private final AtomicLong suppressed = new AtomicLong();

  public LogLimiter(long intervalNs, LongSupplier clockNs) {
    this.intervalNs = intervalNs;
    this.clockNs = clockNs;
    this.nextNs = new AtomicLong(clockNs.getAsLong());
  }

  /** Whether a line may be written now. */
  public boolean permits() {
    long now = clockNs.getAsLong();
    long next = nextNs.get();
    if (now - next >= 0 && nextNs.compareAndSet(next, now + intervalNs)) {
      return true;
    }
    suppressed.incrementAndGet();
    return false;
  }

  /** How many lines were held back since this was last asked. */
  public long takeSuppressed() {
    return suppressed.getAndSet(0);
  }
}
