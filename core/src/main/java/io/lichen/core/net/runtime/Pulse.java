// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.NetLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Calls the parts of a node at every heartbeat, on the loop. A beat that came late does not move
 * the next one, and those that were missed are not made up for.
 */
final class Pulse {
  private final NetLoop loop;
  private final long periodNs;
  private final LongConsumer beat;
  private long dueNs;

  /**
   * Makes one that does not beat yet.
   *
   * @param beat called with the loop's clock
   */
  Pulse(NetLoop loop, Duration period, LongConsumer beat) {
    this.loop = loop;
    this.periodNs = period.toNanos();
    this.beat = beat;
  }

  /** Beats from now on, first at once. */
  void start() {
    loop.execute(
        () -> {
          dueNs = loop.nowNs();
          turn();
        });
  }

  private void turn() {
    long nowNs = loop.nowNs();
    try {
      beat.accept(nowNs);
    } finally {
      dueNs = Math.max(dueNs + periodNs, nowNs);
      next(dueNs - nowNs);
    }
  }

  private void next(long delayNs) {
    try {
      var unused = loop.schedule(this::turn, delayNs, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The transport was closed: this was the last beat.
    }
  }
}
