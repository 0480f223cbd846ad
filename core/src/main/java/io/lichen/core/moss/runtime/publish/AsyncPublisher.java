// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.PublishReceipt;
import io.lichen.core.moss.PublishReport;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.Completions;
import io.lichen.core.work.SerialRunner;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Publishes without blocking the caller: at once when nothing is in the way, otherwise by a worker
 * that waits instead, in the order of the calls. Thread-safe.
 *
 * <p>What waits is bounded; a publish beyond that fails with {@link MossError#OUT_OF_MEMORY}.
 */
public final class AsyncPublisher {
  /** Publishes that may wait. */
  static final int MAX_WAITING = 4096;

  /** Their payload bytes. */
  static final long MAX_WAITING_BYTES = 16L << 20;

  private record Waiting(Publisher.Checked publish, CompletableFuture<PublishReceipt> future) {}

  private final Publisher publisher;
  private final Completions completions;
  private final SerialRunner worker;
  private final NodeCounters counters;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private volatile int underWay;

  public AsyncPublisher(
      Publisher publisher, Executor executor, Completions completions, NodeCounters counters) {
    this.publisher = publisher;
    this.completions = completions;
    this.worker = new SerialRunner(executor, this::drain);
    this.counters = counters;
  }

  /** Publishes; the future carries what {@link Publisher#publish} answers or throws. */
  public CompletableFuture<PublishReceipt> publish(JoinedRoom room, String channel, byte[] data) {
    return publish(room, channel, data, null);
  }

  /**
   * Publishes; the future carries what became of it for each peer, or what {@link
   * Publisher#publish} throws.
   */
  public CompletableFuture<PublishReport> publishTracked(
      JoinedRoom room, String channel, byte[] data) {
    PublishTracker tracker = new PublishTracker();
    var unused =
        publish(room, channel, data, tracker)
            .whenComplete(
                (receipt, e) -> {
                  if (e != null) {
                    tracker.report().completeExceptionally(e);
                  }
                });
    return tracker.report();
  }

  private CompletableFuture<PublishReceipt> publish(
      JoinedRoom room, String channel, byte[] data, @Nullable PublishTracker tracker) {
    CompletableFuture<PublishReceipt> future = new CompletableFuture<>();
    try {
      Publisher.Checked checked = publisher.check(room, channel, data, tracker);
      PublishReceipt receipt = underWay == 0 ? publisher.tryPublish(checked) : null;
      if (receipt != null) {
        future.complete(receipt);
      } else {
        enqueue(new Waiting(new Publisher.Checked(checked.route(), data.clone(), tracker), future));
      }
    } catch (MossException e) {
      future.completeExceptionally(e);
    }
    return future;
  }

  /** Waits until nothing is under way, so that a blocking publish keeps its place in the order. */
  public void awaitIdle() {
    if (underWay == 0) {
      return;
    }
    synchronized (waiting) {
      try {
        while (underWay > 0) {
          waiting.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MossException(MossError.INTERNAL, "interrupted while waiting to publish", e);
      }
    }
  }

  /** Publishes waiting or being published by the worker. */
  public int underWay() {
    return underWay;
  }

  private void enqueue(Waiting publish) {
    synchronized (waiting) {
      int bytes = publish.publish().data().length;
      if (waiting.size() >= MAX_WAITING || waitingBytes + bytes > MAX_WAITING_BYTES) {
        counters.publishAsyncRefused.increment();
        throw new MossException(
            MossError.OUT_OF_MEMORY,
            waiting.size() + " publishes of " + waitingBytes + " bytes are waiting already");
      }
      waiting.addLast(publish);
      waitingBytes += bytes;
      underWay = waiting.size() + 1;
    }
    worker.request();
  }

  private void drain() {
    for (Waiting next = next(); next != null; next = next()) {
      publish(next);
    }
  }

  private @Nullable Waiting next() {
    synchronized (waiting) {
      Waiting next = waiting.pollFirst();
      if (next == null) {
        underWay = 0;
        waiting.notifyAll();
      } else {
        waitingBytes -= next.publish().data().length;
        underWay = waiting.size() + 1;
      }
      return next;
    }
  }

  private void publish(Waiting next) {
    try {
      PublishReceipt receipt = publisher.publish(next.publish());
      completions.run(() -> next.future().complete(receipt));
    } catch (RuntimeException e) {
      completions.run(() -> next.future().completeExceptionally(e));
    }
  }
}
