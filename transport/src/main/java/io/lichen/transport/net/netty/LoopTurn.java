// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.session.DatagramIn;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ends a turn of the loop: datagrams go out, and the one timer stands where the engine wants
 * it. It is not moved when the engine's deadline moves back, as it does with every acknowledgement,
 * but fires too early then and is set anew: that way a packet costs no timer. On the loop.
 */
final class LoopTurn {
  private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

  /** Timers are not finer than this, so that an engine that errs cannot keep the loop busy. */
  private static final long MIN_DELAY_NS = 100_000;

  private final EventLoop loop;
  private final DatagramIn engine;
  private final SendQueue out;
  private final SocketCounters counters;
  private final Runnable end = this::end;
  private final Runnable fire = this::fire;
  private @Nullable ScheduledFuture<?> timer;
  private long timerNs;
  private boolean open;

  LoopTurn(EventLoop loop, DatagramIn engine, SendQueue out, SocketCounters counters) {
    this.loop = loop;
    this.engine = engine;
    this.out = out;
    this.counters = counters;
  }

  /** A turn begins whose end will be told; says whether it had not begun before. */
  boolean begin() {
    boolean first = !open;
    open = true;
    return first;
  }

  /** Ends the turn after the tasks that the loop has now, unless its end will be told anyway. */
  void endSoon() {
    if (!begin()) {
      return;
    }
    try {
      loop.execute(end);
    } catch (RejectedExecutionException e) {
      // These are the loop's last tasks: the socket is closed, and no further turn begins.
      LOG.trace("the loop has ended", e);
    }
  }

  /** Lets out what has been sent so far, while the turn goes on. */
  void flush() {
    out.flush();
  }

  void end() {
    open = false;
    out.endTurn();
    long deadlineNs = engine.nextDeadlineNs();
    if (deadlineNs != DatagramIn.NO_DEADLINE) {
      arm(deadlineNs);
    }
  }

  private void arm(long deadlineNs) {
    if (timer != null) {
      if (timerNs - deadlineNs <= 0) {
        return;
      }
      timer.cancel(false);
    }
    long delayNs = Math.max(deadlineNs - System.nanoTime(), MIN_DELAY_NS);
    timerNs = deadlineNs;
    timer = loop.schedule(fire, delayNs, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    timer = null;
    try {
      engine.onTimer(System.nanoTime());
    } catch (RuntimeException e) {
      counters.engineFailed.increment();
      LOG.error("the engine failed at its timer", e);
    }
    endSoon();
  }

  /** No more timers. */
  void close() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
