// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other, on a virtual thread that lasts as long as there are any. */
final class SerialTasks {
  private final Workers workers;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  SerialTasks(Workers workers) {
    this.workers = workers;
  }

  /** Runs {@code task} after those that were given before; it throws nothing. Any thread. */
  synchronized void execute(Runnable task) {
    waiting.add(task);
    if (!running) {
      running = workers.start(this::drain);
    }
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    running = task != null;
    return task;
  }
}
