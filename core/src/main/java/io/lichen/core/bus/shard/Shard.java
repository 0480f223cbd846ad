// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.Backpressure;
import io.lichen.core.bus.EventBusStats;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One shard: the ring between producers and the worker, and the account of its events, which is
 * exact at every instant because each change of it happens under one lock. That one is a plain
 * {@link ReentrantLock}: where many producers meet it lets one of them run on while the others
 * sleep, and so beats those that spin (docs/benchmarks.md, "Event bus"). Thread-safe.
 */
public final class Shard {
  /** The answer of a push for which there was no room. */
  public static final long FULL = -1;

  /** The answer of a push that came too late. */
  public static final long CLOSED = -2;

  /** No number of waiting events wakes the worker: it is awake. */
  private static final int AWAKE = Integer.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final EventRing ring;
  private final boolean evicts;
  private final long bornNs = System.nanoTime();

  private long lastTs = -1;
  private boolean closed;

  /** The worker sleeps until this many events wait. */
  private int wakeAt = AWAKE;

  private @Nullable Thread sleeper;

  /** Events before this position go at once: somebody flushes. */
  private long hurryUntil;

  private long refused;
  private long evicted;
  private long delivered;
  private long lost;
  private long abandoned;
  private long batches;
  private int inFlight;

  /** Makes an empty one. */
  public Shard(int capacity, Backpressure backpressure) {
    this.ring = new EventRing(capacity);
    this.evicts = backpressure.mode() == Backpressure.Mode.DROP_OLDEST;
  }

  /** Adds an event; answers with its insertion time, or with {@link #FULL} or {@link #CLOSED}. */
  public long push(byte[] event) {
    long now = System.nanoTime() - bornNs;
    long ts;
    Thread wake;
    lock.lock();
    try {
      ts = add(event, now);
      wake = toWake();
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(wake);
    return ts;
  }

  /**
   * Adds the events of a batch that are this shard's.
   *
   * @param order the indices of the shard's events in {@code events}, in {@code [from, to)}
   * @param answers gets at each event's index what {@link #push} would have answered
   */
  public void pushAll(byte[][] events, int[] order, int from, int to, long[] answers) {
    long now = System.nanoTime() - bornNs;
    Thread wake;
    lock.lock();
    try {
      for (int i = from; i < to; i++) {
        answers[order[i]] = add(events[order[i]], now);
      }
      wake = toWake();
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(wake);
  }

  private long add(byte[] event, long now) {
    if (closed) {
      return CLOSED;
    }
    if (ring.isFull()) {
      if (!evicts) {
        refused++;
        return FULL;
      }
      ring.drop(1);
      evicted++;
    }
    lastTs = Math.max(now, lastTs + 1);
    ring.add(event, lastTs);
    return lastTs;
  }

  private @Nullable Thread toWake() {
    if (ring.size() < wakeAt) {
      return null;
    }
    wakeAt = AWAKE;
    return sleeper;
  }

  /** What the worker finds. */
  enum Turn {
    /** Events, which it has taken. */
    BATCH,
    /** Nothing yet. */
    WAIT,
    /** Nothing, and nothing will come. */
    END
  }

  /** The worker's look at its shard. Not thread-safe: one worker has one. */
  final class View {
    byte[][] events = new byte[0][];
    long[] insertionTs = new long[0];

    /** How long to sleep if nobody wakes it; 0 for any time. */
    long waitNs;

    /**
     * Takes a batch if one is due.
     *
     * @param target that many events are due
     * @param most as many are taken at most
     * @param maxDelayNs events are due when the oldest is this old
     */
    Turn take(int target, int most, long maxDelayNs) {
      long now = System.nanoTime() - bornNs;
      lock.lock();
      try {
        int waiting = ring.size();
        long age = waiting == 0 ? 0 : now - ring.oldestTs();
        boolean hurry = closed || ring.head() < hurryUntil;
        if (waiting > 0 && (waiting >= target || hurry || age >= maxDelayNs)) {
          takeOut(Math.min(waiting, most));
          return Turn.BATCH;
        }
        if (waiting == 0 && closed) {
          return Turn.END;
        }
        wakeAt = waiting == 0 ? 1 : target;
        sleeper = Thread.currentThread();
        waitNs = waiting == 0 ? 0 : maxDelayNs - age;
        return Turn.WAIT;
      } finally {
        lock.unlock();
      }
    }

    private void takeOut(int count) {
      wakeAt = AWAKE;
      events = new byte[count][];
      insertionTs = new long[count];
      ring.take(events, insertionTs);
      inFlight = count;
    }

    /** The batch that was taken last is with the adapter, or finally not. */
    void done(boolean taken) {
      lock.lock();
      try {
        if (taken) {
          delivered += inFlight;
          batches++;
        } else {
          lost += inFlight;
        }
        inFlight = 0;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Makes what waits now due; answers with the position behind it. */
  public long hurry() {
    lock.lock();
    try {
      hurryUntil = ring.tail();
      LockSupport.unpark(sleeper);
      return hurryUntil;
    } finally {
      lock.unlock();
    }
  }

  /** Whether all events before a position have left, to wherever. */
  public boolean hasSettled(long position) {
    lock.lock();
    try {
      return inFlight == 0 && ring.head() >= position;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more events; what waits is due. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      LockSupport.unpark(sleeper);
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what waits. */
  public void abandon() {
    lock.lock();
    try {
      abandoned += ring.size();
      ring.drop(ring.size());
    } finally {
      lock.unlock();
    }
  }

  /** The account. */
  public EventBusStats stats() {
    lock.lock();
    try {
      int queued = ring.size() + inFlight;
      return new EventBusStats(
          ring.tail(), refused, evicted, delivered, lost, abandoned, queued, batches);
    } finally {
      lock.unlock();
    }
  }
}
