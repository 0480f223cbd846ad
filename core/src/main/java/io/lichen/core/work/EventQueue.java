// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.ArrayDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application of events, one at a time and in order, on a thread of its own. Adding never
 * blocks: when the application does not keep up, the oldest event that waits makes room and is
 * counted.
 *
 * @param <T> what is told
 */
public final class EventQueue<T> {
  /** Events that may wait. */
  public static final int MAX_WAITING = 1024;

  private final String name;
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private final SerialRunner runner;
  private final CallbackScope scope;
  private final LongAdder dropped;
  private final CopyOnWriteArrayList<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Consumer<T> callback;

  /**
   * Makes one that tells nobody yet.
   *
   * @param name of the callback, for the log
   * @param dropped counts events that made room for later ones
   */
  public EventQueue(String name, Executor executor, CallbackScope scope, LongAdder dropped) {
    this.name = name;
    this.runner = new SerialRunner(executor, this::drain);
    this.scope = scope;
    this.dropped = dropped;
  }

  /** Sets who is told. */
  public void callback(@Nullable Consumer<T> callback) {
    this.callback = callback;
  }

  /** Tells somebody else, too, until the answer is run; idempotent. */
  public Runnable listen(Consumer<T> listener) {
    AtomicBoolean ended = new AtomicBoolean();
    listeners.add(listener);
    return () -> {
      if (ended.compareAndSet(false, true)) {
        listeners.remove(listener);
      }
    };
  }

  /** Tells nobody any more. */
  public void silence() {
    callback = null;
    listeners.clear();
  }

  /** Adds an event; any thread. */
  public void add(T event) {
    synchronized (waiting) {
      if (waiting.size() >= MAX_WAITING) {
        waiting.removeFirst();
        dropped.increment();
      }
      waiting.addLast(event);
    }
    runner.request();
  }

  private void drain() {
    for (T event = next(); event != null; event = next()) {
      Consumer<T> target = callback;
      if (target != null) {
        scope.call(name, target, event);
      }
      for (Consumer<T> listener : listeners) {
        scope.call(name, listener, event);
      }
    }
  }

  private @Nullable T next() {
    synchronized (waiting) {
      return waiting.pollFirst();
    }
  }
}
