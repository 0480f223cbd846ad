// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossEvent;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application of events, one at a time and in order, on a thread of its own. Adding never
 * blocks: when the application does not keep up, the oldest event that waits makes room and is
 * counted.
 */
final class EventQueue {
  /** Events that may wait. */
  static final int MAX_WAITING = 1024;

  private final ArrayDeque<MossEvent> waiting = new ArrayDeque<>();
  private final SerialRunner runner;
  private final CallbackScope scope;
  private final NodeCounters counters;
  private volatile @Nullable Consumer<MossEvent> callback;

  EventQueue(Executor executor, CallbackScope scope, NodeCounters counters) {
    this.runner = new SerialRunner(executor, this::drain);
    this.scope = scope;
    this.counters = counters;
  }

  /** Sets who is told. */
  void callback(@Nullable Consumer<MossEvent> callback) {
    this.callback = callback;
  }

  /** Adds an event; any thread. */
  void add(MossEvent event) {
    synchronized (waiting) {
      if (waiting.size() >= MAX_WAITING) {
        waiting.removeFirst();
        counters.eventsDropped.increment();
      }
      waiting.addLast(event);
    }
    runner.request();
  }

  private void drain() {
    for (MossEvent event = next(); event != null; event = next()) {
      Consumer<MossEvent> target = callback;
      if (target == null) {
        continue;
      }
      scope.call("event", target, event);
    }
  }

  private @Nullable MossEvent next() {
    synchronized (waiting) {
      return waiting.pollFirst();
    }
  }
}
