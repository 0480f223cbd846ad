// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One event loop: the clock of its connections, one flush a turn for each of them, and a bound on
 * what other threads have handed over to it.
 */
final class Loop {
  /** What may be on its way to a loop, in KiB; a message is one at least. */
  private static final int ON_THE_WAY = 8192;

  private final EventLoop events;
  private final Map<Channel, Timed> watched = new HashMap<>();
  private final List<Channel> dirty = new ArrayList<>();
  private final Semaphore room = new Semaphore(ON_THE_WAY);

  /** What looks at the time now and then. */
  interface Timed {
    void onTick(long nowNs);

    /** The server stops. */
    void onStop();
  }

  Loop(EventLoop events) {
    this.events = events;
  }

  /** Calls everything that is watched once in a while. */
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the loop.
  void start(Duration tick) {
    events.scheduleAtFixedRate(this::tick, tick.toNanos(), tick.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** {@code timed} takes the place of what was there for this channel. On the loop. */
  void watch(Channel channel, Timed timed) {
    watched.put(channel, timed);
  }

  /** On the loop. */
  void forget(Channel channel) {
    watched.remove(channel);
  }

  /** Tells every connection that the server stops. Any thread. */
  void stop() {
    execute(() -> List.copyOf(watched.values()).forEach(Timed::onStop));
  }

  /** Flushes a channel once, after what waits for the loop now. On the loop. */
  void flushLater(Channel channel) {
    if (dirty.isEmpty()) {
      events.execute(this::flushAll);
    }
    // A channel that is written to in a row stands here once.
    if (dirty.isEmpty() || dirty.getLast() != channel) {
      dirty.add(channel);
    }
  }

  /** Runs a task on the loop; false when the loop is gone. Any thread. */
  boolean execute(Runnable task) {
    try {
      events.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * {@link #execute} for what carries a message: waits while the loop has too much to do. Any
   * thread; the loop's own never waits.
   */
  boolean hand(int bytes, Runnable task) {
    if (events.inEventLoop()) {
      task.run();
      return true;
    }
    int weight = Math.min(ON_THE_WAY, 1 + (bytes >> 10));
    room.acquireUninterruptibly(weight);
    boolean taken =
        execute(
            () -> {
              room.release(weight);
              task.run();
            });
    if (!taken) {
      room.release(weight);
    }
    return taken;
  }

  private void tick() {
    long nowNs = System.nanoTime();
    List.copyOf(watched.values()).forEach(timed -> timed.onTick(nowNs));
  }

  private void flushAll() {
    dirty.forEach(Channel::flush);
    dirty.clear();
  }
}
