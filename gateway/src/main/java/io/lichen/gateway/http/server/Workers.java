// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Virtual threads for what may block: handlers, WebSocket calls, event sources. Thread-safe. */
final class Workers {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lichen-http-", 0).factory());

  /** False when they have been stopped. */
  boolean start(Runnable task) {
    try {
      threads.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * Takes no more tasks, waits for those that run, interrupts them after {@code patience} and waits
   * as long again.
   *
   * @return whether all have ended
   */
  boolean stop(Duration patience) {
    threads.shutdown();
    try {
      if (threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      threads.shutdownNow();
      return threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
