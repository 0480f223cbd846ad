// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.NetLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The loop of a simulated node: the test's thread is on it, tasks run as time goes by. */
final class SimLoop implements NetLoop {
  private final SimNet net;

  SimLoop(SimNet net) {
    this.net = net;
  }

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    net.at(0, task);
  }

  @Override
  public Future<?> schedule(Runnable task, long delay, TimeUnit unit) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    net.at(
        unit.toNanos(delay),
        () -> {
          if (!done.isCancelled()) {
            task.run();
            done.complete(null);
          }
        });
    return done;
  }

  @Override
  public long nowNs() {
    return net.nowNs();
  }
}
