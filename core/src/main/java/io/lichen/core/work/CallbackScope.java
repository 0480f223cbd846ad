// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the current thread is inside one of this node's callbacks, so that a callback that
 * stops the node does not wait for itself, and one that publishes does not wait for its own queue.
 */
public final class CallbackScope {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackScope.class);

  private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
  private final LongAdder failures;
  private final LogLimiter log;

  /**
   * Makes one that no thread is in.
   *
   * @param failures counts exceptions out of callbacks
   */
  public CallbackScope(LongAdder failures, LogLimiter log) {
    this.failures = failures;
    this.log = log;
  }

  /**
   * Calls a callback. What it throws is counted and logged and goes no further.
   *
   * @param name of the callback, for the log
   */
  public <T> void call(String name, Consumer<? super T> callback, T argument) {
    boolean nested = isInside();
    if (!nested) {
      inside.set(Boolean.TRUE);
    }
    try {
      callback.accept(argument);
    } catch (RuntimeException e) {
      failures.increment();
      if (log.permits()) {
        LOG.warn("The {} callback failed ({} before, not logged)", name, log.takeSuppressed(), e);
      }
    } finally {
      if (!nested) {
        inside.remove();
      }
    }
  }

  /**
   * Runs something that may run the application's code; around many callbacks, it makes each
   * cheaper.
   */
  public void call(Runnable completion) {
    boolean nested = isInside();
    if (!nested) {
      inside.set(Boolean.TRUE);
    }
    try {
      completion.run();
    } finally {
      if (!nested) {
        inside.remove();
      }
    }
  }

  /** Whether the current thread is inside a callback of this node. */
  public boolean isInside() {
    return inside.get() != null;
  }
}
