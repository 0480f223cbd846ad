// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import io.lichen.redex.RedexException;
import io.lichen.redex.replica.Replica;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the thread of a replica. Messages and calls go before appends, so that however
 * many of those wait, the other members are heard in time; appends that wait are done together, and
 * so go out together. Thread-safe.
 */
final class ReplicaQueue {
  /** Appends done at once hold no more than this, unless it is one. */
  private static final long BATCH_BYTES = 256 << 10;

  /** What a record counts beside its payload. */
  private static final int RECORD_BYTES = 64;

  /** Something to be done on the thread. */
  interface Task {
    void run(Replica replica, long nowNs);

    /** The thread has ended before. */
    default void cancel(RedexException closed) {}
  }

  /** An append, and what is to become of it. */
  record Append(List<byte[]> payloads, CompletableFuture<Long> result) {
    /** What it weighs. */
    long bytes() {
      return payloads.stream().mapToLong(payload -> payload.length + RECORD_BYTES).sum();
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private final ArrayDeque<Append> appends = new ArrayDeque<>();

  void add(Task task) {
    lock.lock();
    try {
      tasks.add(task);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  void add(Append append) {
    lock.lock();
    try {
      appends.add(append);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What is to be done next; {@code null} if nothing comes for so long. */
  @Nullable Task take(long waitNs) throws InterruptedException {
    lock.lock();
    try {
      long leftNs = waitNs;
      while (tasks.isEmpty() && appends.isEmpty()) {
        if (leftNs <= 0) {
          return null;
        }
        leftNs = arrived.awaitNanos(leftNs);
      }
      Task first = tasks.poll();
      return first == null ? new Batch(batch()) : first;
    } finally {
      lock.unlock();
    }
  }

  private List<Append> batch() {
    List<Append> batch = new ArrayList<>();
    long bytes = 0;
    for (Append next = appends.peek(); next != null; next = appends.peek()) {
      bytes += next.bytes();
      if (bytes > BATCH_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(appends.remove());
    }
    return batch;
  }

  /** Appends with numbers that follow each other. */
  private record Batch(List<Append> appends) implements Task {
    @Override
    public void run(Replica replica, long nowNs) {
      List<byte[]> all = new ArrayList<>();
      appends.forEach(append -> all.addAll(append.payloads));
      var unused = replica.append(all, nowNs).whenComplete(this::complete);
    }

    private void complete(@Nullable Long first, @Nullable Throwable failure) {
      long seq = first == null ? 0 : first;
      for (Append append : appends) {
        if (failure == null) {
          append.result.complete(seq);
          seq += append.payloads.size();
        } else {
          append.result.completeExceptionally(failure);
        }
      }
    }

    @Override
    public void cancel(RedexException closed) {
      complete(null, closed);
    }
  }
}
