// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.work.Completions;
import io.lichen.core.work.SerialRunner;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what may block for those who must not: one piece of work after the other, in the order in
 * which it was given, on a thread of its own. Bounded. Thread-safe.
 */
final class AsyncLane {
  /** Pieces of work that may wait. */
  static final int MAX_WAITING = 4096;

  private record Work<T>(Supplier<T> body, CompletableFuture<T> future) {
    void run(Completions completions) {
      try {
        T result = body.get();
        completions.run(() -> future.complete(result));
      } catch (RuntimeException e) {
        completions.run(() -> future.completeExceptionally(NodeErrors.of(e)));
      }
    }
  }

  private final ArrayDeque<Work<?>> waiting = new ArrayDeque<>();
  private final Completions completions;
  private final SerialRunner runner;
  private final LongAdder refused;
  private boolean closed;

  AsyncLane(Executor executor, Completions completions, LongAdder refused) {
    this.completions = completions;
    this.runner = new SerialRunner(executor, this::drain);
    this.refused = refused;
  }

  /** Does it later; the future carries what it answers or throws. */
  <T> CompletableFuture<T> submit(Supplier<T> body) {
    CompletableFuture<T> future = new CompletableFuture<>();
    synchronized (waiting) {
      if (closed) {
        return CompletableFuture.failedFuture(NodeErrors.closed());
      }
      if (waiting.size() >= MAX_WAITING) {
        refused.increment();
        return CompletableFuture.failedFuture(
            new NetException(
                NetError.MESH_BACKPRESSURE, MAX_WAITING + " calls are waiting already"));
      }
      waiting.addLast(new Work<>(body, future));
    }
    runner.request();
    return future;
  }

  /** Fails what waits and all that comes. */
  void close() {
    synchronized (waiting) {
      closed = true;
      for (Work<?> work : waiting) {
        completions.run(() -> work.future().completeExceptionally(NodeErrors.closed()));
      }
      waiting.clear();
    }
  }

  private void drain() {
    for (Work<?> work = next(); work != null; work = next()) {
      work.run(completions);
    }
  }

  private @Nullable Work<?> next() {
    synchronized (waiting) {
      return waiting.pollFirst();
    }
  }
}
