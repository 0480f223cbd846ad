// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something on a thread of its own, when it is woken and, if wanted, every so often. */
final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final Runnable action;
  private final long periodNs;
  private final Thread thread;
  private volatile boolean isDue;
  private volatile boolean isClosed;

  /**
   * Begins.
   *
   * @param period from the end of one time to the next; {@code null}: only when woken
   */
  @SuppressWarnings("this-escape")
  Background(String name, @Nullable Duration period, Runnable action) {
    this.action = action;
    this.periodNs = period == null ? Long.MAX_VALUE : period.toNanos();
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /** Does it soon. What comes while it is being done makes it be done once more. */
  void wake() {
    if (!isDue) {
      isDue = true;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    long lastNs = System.nanoTime();
    while (!isClosed) {
      long leftNs = periodNs - (System.nanoTime() - lastNs);
      if (isDue || leftNs <= 0) {
        isDue = false;
        runOnce();
        lastNs = System.nanoTime();
      } else {
        LockSupport.parkNanos(this, leftNs);
      }
    }
  }

  private void runOnce() {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: {}", thread.getName(), e.getMessage());
    }
  }

  /** Waits for what is being done, and ends. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    boolean isInterrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
