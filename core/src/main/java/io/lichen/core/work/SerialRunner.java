// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one body on an executor, never twice at once, and at least once after every request. Between
 * runs it holds no thread. Thread-safe.
 */
public final class SerialRunner {
  private final Executor executor;
  private final Runnable body;
  private final AtomicInteger requests = new AtomicInteger();

  public SerialRunner(Executor executor, Runnable body) {
    this.executor = executor;
    this.body = body;
  }

  /** Asks for a run; requests made while one is under way are joined into the next. */
  public void request() {
    if (requests.getAndIncrement() == 0) {
      try {
        executor.execute(this::run);
      } catch (RejectedExecutionException e) {
        // The node has been stopped: nobody waits for this run.
        requests.set(0);
      }
    }
  }

  private void run() {
    int seen = requests.get();
    do {
      body.run();
      seen = requests.addAndGet(-seen);
    } while (seen != 0);
  }
}
