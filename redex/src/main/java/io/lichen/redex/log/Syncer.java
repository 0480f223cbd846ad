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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Forces a log to the disk, when its {@link Durability} says so or somebody asks. Those who ask
 * while it is being done wait together for the next time.
 */
final class Syncer implements AutoCloseable {
  /** Octets that a record takes besides its payload. */
  private static final long RECORD_BYTES = IndexRecords.BYTES + IndexRecords.TIMESTAMP_BYTES;

  /** What part of the time of a forcing its writers may be waited for. */
  private static final int GATHERING = 4;

  private record Waiting(long seq, CompletableFuture<Long> future) {}

  private final LogState state;
  private final Durability durability;
  private final @Nullable Background background;
  private final Turns turns = new Turns();
  private final AtomicLong recordsSince = new AtomicLong();
  private final AtomicLong bytesSince = new AtomicLong();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private volatile long durableSeq;

  /** Of the last time; for whoever has the turn. */
  private long lastRecords;

  private long lastForceNs;

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
    while (!turns.take()) {
      turns.await(() -> false);
    }
    if (Long.compareUnsigned(seq, durableSeq) < 0) {
      durableSeq = seq;
    }
    turns.end(false);
  }

  private void awaitDurable(long seq) {
    BooleanSupplier isDone = () -> Long.compareUnsigned(durableSeq, seq) >= 0;
    while (!isDone.getAsBoolean()) {
      if (turns.take()) {
        force();
      } else {
        turns.await(isDone);
      }
    }
  }

  /** Forces for all who wait; they queue meanwhile. */
  private void force() {
    boolean hasFailed = true;
    try {
      state.requireSound();
      gather();
      long beginNs = System.nanoTime();
      long upTo = forceFiles();
      lastForceNs = System.nanoTime() - beginNs;
      lastRecords = upTo - durableSeq;
      durableSeq = upTo;
      hasFailed = false;
    } finally {
      turns.end(hasFailed);
    }
  }

  /**
   * Those for whom it was done last time often come back at once. Where others wait anyway, they
   * are waited for: without that, half of the writers would be forced while the other half appends.
   */
  @SuppressWarnings("ThreadPriorityCheck") // They may need this processor; a sleep is too long.
  private void gather() {
    long from = durableSeq;
    long wanted = lastRecords + state.nextSeq() - from;
    long untilNs = System.nanoTime() + lastForceNs / GATHERING;
    while (turns.isAwaited()
        && state.nextSeq() - from < wanted
        && System.nanoTime() - untilNs < 0) {
      Thread.yield();
    }
  }

  /** Beside a sweep: a generation that is exchanged meanwhile was forced with all that it took. */
  private long forceFiles() {
    while (true) {
      long upTo = state.nextSeq();
      Generation live = state.live();
      try {
        live.force();
        state.store.requireThere(live);
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
