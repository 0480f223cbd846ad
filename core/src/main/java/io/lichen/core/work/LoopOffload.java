// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does work that would hold up the loop, signatures above all, on one thread beside it. */
public final class LoopOffload implements Offload {
  /** Pieces of work that may wait. */
  public static final int MAX_WAITING = 1024;

  private final BoundedQueue<Runnable> queue =
      new BoundedQueue<>(MAX_WAITING, MAX_WAITING, work -> 1);
  private final SerialRunner runner;
  private final Executor loop;

  /**
   * Makes one without work.
   *
   * @param executor where the work is done
   * @param loop where it came from
   */
  public LoopOffload(Executor executor, Executor loop) {
    this.runner = new SerialRunner(executor, this::drain);
    this.loop = loop;
  }

  @Override
  public <T> boolean submit(Supplier<T> work, Consumer<T> then) {
    if (queue.isFull()) {
      return false;
    }
    queue.add(
        () -> {
          T result = work.get();
          loop.execute(() -> then.accept(result));
        });
    runner.request();
    return true;
  }

  private void drain() {
    for (Runnable work = queue.takeOne(); work != null; work = queue.takeOne()) {
      try {
        work.run();
      } finally {
        queue.consumed(work);
      }
    }
  }
}
