// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.Backpressure;
import io.lichen.core.bus.EventBusStats;
import io.lichen.crypto.Xxh3;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All shards of a bus with their workers. Thread-safe. */
public final class ShardSet {
  private static final long FIRST_LOOK_NS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long MAX_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Shard[] shards;
  private final List<ShardWorker> workers = new ArrayList<>();

  /** Makes them; nothing runs yet. */
  public ShardSet(
      int count, int capacity, Backpressure backpressure, ShardWorker.Settings settings) {
    this.shards = new Shard[count];
    for (int i = 0; i < count; i++) {
      shards[i] = new Shard(capacity, backpressure);
      workers.add(new ShardWorker(i, shards[i], settings));
    }
  }

  /** Begins to bring events to the adapter. */
  public void start() {
    workers.forEach(ShardWorker::start);
  }

  /** How many shards. */
  public int count() {
    return shards.length;
  }

  /** The shard whose events these bytes belong to. */
  public int select(byte[] event) {
    return (int) Math.unsignedMultiplyHigh(Xxh3.hash(event), shards.length);
  }

  /** Adds an event to a shard: see {@link Shard#push}. */
  public long push(int shard, byte[] event) {
    return shards[shard].push(event);
  }

  /**
   * Adds events, each to its shard, in order within each: one lock for the events of a shard.
   *
   * @return for each event what {@link Shard#push} answers
   */
  public long[] pushAll(byte[][] events) {
    int[] shardOf = new int[events.length];
    int[] ends = new int[shards.length + 1];
    for (int i = 0; i < events.length; i++) {
      shardOf[i] = select(events[i]);
      ends[shardOf[i] + 1]++;
    }
    for (int shard = 0; shard < shards.length; shard++) {
      ends[shard + 1] += ends[shard];
    }
    // Now each entry is where its shard's events begin; filling moves it to where they end.
    int[] order = new int[events.length];
    for (int i = 0; i < events.length; i++) {
      order[ends[shardOf[i]]++] = i;
    }
    long[] answers = new long[events.length];
    int from = 0;
    for (int shard = 0; shard < shards.length; shard++) {
      if (from < ends[shard]) {
        shards[shard].pushAll(events, order, from, ends[shard], answers);
        from = ends[shard];
      }
    }
    return answers;
  }

  /** The sum of all accounts. */
  public EventBusStats stats() {
    EventBusStats sum = EventBusStats.NONE;
    for (Shard shard : shards) {
      sum = sum.plus(shard.stats());
    }
    return sum;
  }

  /**
   * Sends off what waits and waits until it has left, to the adapter or for good.
   *
   * @return whether it has, in this time
   */
  public boolean settle(Duration patience) throws InterruptedException {
    long[] until = new long[shards.length];
    for (int i = 0; i < shards.length; i++) {
      until[i] = shards[i].hurry();
    }
    long begun = System.nanoTime();
    long lookNs = FIRST_LOOK_NS;
    while (!hasSettled(until)) {
      if (System.nanoTime() - begun > patience.toNanos()) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(lookNs);
      lookNs = Math.min(2 * lookNs, MAX_LOOK_NS);
    }
    return true;
  }

  private boolean hasSettled(long[] until) {
    for (int i = 0; i < shards.length; i++) {
      if (!shards[i].hasSettled(until[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes no more events. */
  public void close() {
    for (Shard shard : shards) {
      shard.close();
    }
  }

  /** Waits for the workers of closed shards; what is there after this time is given up. */
  public void drain(Duration patience) {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    for (int i = 0; i < shards.length; i++) {
      long leftNs = interrupted ? 0 : Math.max(0, deadlineNs - System.nanoTime());
      try {
        if (workers.get(i).join(Duration.ofNanos(Math.max(1, leftNs)))) {
          continue;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      shards[i].abandon();
      workers.get(i).interrupt();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
