// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import io.lichen.redex.Durability;
import io.lichen.redex.RedexException;
import io.lichen.redex.format.IndexRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Forces a log to the disk, when its {@link Durability} says so or somebody asks. Those who ask
 * while it is being done wait together for the next time.
 */
final class Syncer implements AutoCloseable {
  /** Octets that a record takes besides its payload. */
  private static final long RECORD_BYTES = IndexRecords.BYTES + IndexRecords.TIMESTAMP_BYTES;

  private record Waiting(long seq, CompletableFuture<Long> future) {}

  private final LogState state;
  private final Durability durability;
  private final @Nullable Background background;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition done = lock.newCondition();
  private final AtomicLong recordsSince = new AtomicLong();
  private final AtomicLong bytesSince = new AtomicLong();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private boolean isRunning;
  private volatile long durableSeq;

  Syncer(LogState state, Durability durability) {
    this.state = state;
    this.durability = durability;
    this.background = background();
  }

  private @Nullable Background background() {
    Duration period =
        switch (durability) {
          case Durability.Interval(Duration every) -> every;
          case Durability.IntervalOrBytes(Duration every, long bytes) -> every;
          default -> null;
        };
    return durability instanceof Durability.Never
        ? null
        : new Background("lichen-redex-sync-" + state.name, period, this::syncWaiting);
  }

  /** All records before this number were forced. */
  long durableSeq() {
    return durableSeq;
  }

  /** Something was appended and can be seen. */
  void appended(int records, long payloadBytes) {
    boolean isDue =
        switch (durability) {
          case Durability.EveryN(long every) -> recordsSince.addAndGet(records) >= every;
          case Durability.IntervalOrBytes(Duration period, long bytes) ->
              bytesSince.addAndGet(payloadBytes + records * RECORD_BYTES) >= bytes;
          default -> false;
        };
    if (isDue && background != null) {
      recordsSince.set(0);
      bytesSince.set(0);
      background.wake();
    }
  }

  /** Whether an append counts only when it is forced. */
  boolean forcesAppends() {
    return durability instanceof Durability.BatchSync;
  }

  /** Returns when the record with this number is as durable as an append promises. */
  void settle(long seq) {
    if (durability instanceof Durability.BatchSync) {
      awaitDurable(seq + 1);
    }
  }

  /** {@link #settle} without blocking. */
  CompletableFuture<Long> settled(long seq) {
    if (background == null || !(durability instanceof Durability.BatchSync)) {
      return CompletableFuture.completedFuture(seq);
    }
    CompletableFuture<Long> future = new CompletableFuture<>();
    waiting.add(new Waiting(seq, future));
    background.wake();
    return future;
  }

  private void syncWaiting() {
    Queue<Waiting> now = new ArrayDeque<>();
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      now.add(next);
    }
    try {
      sync();
      now.forEach(one -> one.future.complete(one.seq));
    } catch (RedexException e) {
      now.forEach(one -> one.future.completeExceptionally(e));
      throw e;
    }
  }

  /** Forces everything that was appended before. */
  void sync() {
    awaitDurable(state.nextSeq());
  }

  /** The log was cut: what comes now with these numbers is not durable. */
  void cut(long seq) {
    lock.lock();
    try {
      while (isRunning) {
        done.awaitUninterruptibly();
      }
      if (Long.compareUnsigned(seq, durableSeq) < 0) {
        durableSeq = seq;
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitDurable(long seq) {
    lock.lock();
    try {
      while (Long.compareUnsigned(durableSeq, seq) < 0) {
        state.requireSound();
        if (isRunning) {
          done.awaitUninterruptibly();
        } else {
          force();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forces for all who wait; they come in and queue meanwhile. */
  private void force() {
    isRunning = true;
    lock.unlock();
    try {
      durableSeq = forceFiles();
    } finally {
      lock.lock();
      isRunning = false;
      done.signalAll();
    }
  }

  /** Beside a sweep: a generation that is exchanged meanwhile was forced with all that it took. */
  private long forceFiles() {
    while (true) {
      long upTo = state.nextSeq();
      Generation live = state.live();
      try {
        live.force();
        return upTo;
      } catch (IOException e) {
        if (state.live() == live) {
          state.poison(e, durability instanceof Durability.BatchSync);
          throw state.failed("it could not be forced to the disk", e);
        }
      }
    }
  }

  @Override
  public void close() {
    if (background != null) {
      background.close();
    }
  }
}
