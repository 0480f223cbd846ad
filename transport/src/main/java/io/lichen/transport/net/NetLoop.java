// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The event loop of a socket: one thread, which must never block. All methods: any thread. */
public interface NetLoop extends Executor {
  /** Whether the caller is on the loop. */
  boolean inLoop();

  /**
   * Runs a task on the loop, after those given before by the same thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException once the transport is closed
   */
  @Override
  void execute(Runnable task);

  /**
   * Runs a task on the loop after a delay; cancelling the result keeps it from running.
   *
   * @throws java.util.concurrent.RejectedExecutionException once the transport is closed
   */
  Future<?> schedule(Runnable task, long delay, TimeUnit unit);

  /** The loop's monotonic clock, in nanoseconds from an arbitrary origin. */
  long nowNs();
}
