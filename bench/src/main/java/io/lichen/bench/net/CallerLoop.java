// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.net;

import io.lichen.transport.net.NetLoop;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A loop without a thread: its tasks wait until they are run. Delayed ones never are. */
final class CallerLoop implements NetLoop {
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Future<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return new CompletableFuture<>();
  }

  @Override
  public long nowNs() {
    return System.nanoTime();
  }
}
