// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.delivery;

import io.lichen.core.net.DeliveryOptions;
import io.lichen.core.work.BoundedQueue;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.SerialRunner;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription: the queue in front of a subscriber, and the thread that serves it. The
 * subscriber is never called twice at once.
 *
 * @param <E> what the subscriber gets
 */
final class Mailbox<E> implements Flow.Subscription {
  /** Demand that is not counted any more. */
  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final String name;
  private final Flow.Subscriber<? super E> subscriber;
  private final Consumer<E> receive;
  private final DeliveryOptions options;
  private final CallbackScope scope;
  private final DeliveryCounters counters;
  private final Consumer<Mailbox<E>> onCancel;
  private final BoundedQueue<Parcel<E>> queue;
  private final SerialRunner runner;
  private final Runnable deliverAll = this::deliverAll;
  private final AtomicLong demand = new AtomicLong();

  private volatile boolean opened;
  private volatile boolean cancelled;
  private volatile boolean completed;
  private volatile @Nullable Throwable misuse;

  // The serving thread's own.
  private @Nullable Parcel<E> current;
  private int next;
  private boolean greeted;
  private boolean finished;

  Mailbox(
      String name,
      Flow.Subscriber<? super E> subscriber,
      DeliveryOptions options,
      Executor executor,
      CallbackScope scope,
      DeliveryCounters counters,
      Consumer<Mailbox<E>> onCancel) {
    this.name = name;
    this.subscriber = subscriber;
    this.receive = subscriber::onNext;
    this.options = options;
    this.scope = scope;
    this.counters = counters;
    this.onCancel = onCancel;
    this.queue = new BoundedQueue<>(Integer.MAX_VALUE, options.queueBytes(), Parcel::sizeBytes);
    this.runner = new SerialRunner(executor, this::serve);
  }

  /** From now on the subscriber is called. */
  void open() {
    opened = true;
    runner.request();
  }

  /**
   * Whether so much waits that senders are to wait, too: an eighth of the bound, so that there is
   * room for what is under way by then.
   */
  boolean isBehind() {
    return options.overflow() == DeliveryOptions.Overflow.BLOCK
        && queue.bytes() > options.queueBytes() / 8;
  }

  long waitingBytes() {
    return queue.bytes();
  }

  /** Takes a parcel, or drops one; one thread at a time. */
  void offer(Parcel<E> parcel) {
    if (cancelled || !makeRoom(parcel)) {
      parcel.done();
      return;
    }
    queue.add(parcel);
    runner.request();
  }

  private boolean makeRoom(Parcel<E> parcel) {
    if (!queue.isFull()) {
      return true;
    }
    switch (options.overflow()) {
      case BLOCK -> counters.droppedBlocked.add(parcel.count());
      case DROP_NEWEST -> counters.droppedNewest.add(parcel.count());
      case DROP_OLDEST -> {
        Parcel<E> oldest = queue.dropOldest();
        while (oldest != null) {
          counters.droppedOldest.add(oldest.count());
          oldest.done();
          oldest = queue.isFull() ? queue.dropOldest() : null;
        }
        return true;
      }
    }
    return false;
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      misuse = new IllegalArgumentException("requested " + n + ", must be 1 or more");
    } else {
      demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? UNBOUNDED : a + b);
    }
    runner.request();
  }

  @Override
  public void cancel() {
    cancelled = true;
    onCancel.accept(this);
    runner.request();
  }

  /** There will be nothing more, and what waits is not delivered. */
  void complete() {
    completed = true;
    runner.request();
  }

  private void serve() {
    if (finished) {
      // Offered while the subscription ended.
      giveUpRest();
      return;
    }
    if (!opened) {
      return;
    }
    if (!greeted) {
      greeted = true;
      scope.call(name, subscriber::onSubscribe, this);
    }
    scope.call(deliverAll);
    if (isOver()) {
      finish();
    }
  }

  private void deliverAll() {
    while (!isOver() && demand.get() > 0 && advance()) {
      deliver();
    }
  }

  private boolean isOver() {
    return cancelled || completed || misuse != null;
  }

  private boolean advance() {
    if (current == null) {
      current = queue.takeOne();
      next = 0;
    }
    return current != null;
  }

  private void deliver() {
    Parcel<E> parcel = current;
    if (parcel == null) {
      return;
    }
    if (demand.get() != UNBOUNDED) {
      demand.decrementAndGet();
    }
    scope.call(name, receive, parcel.get(next++));
    counters.delivered.increment();
    if (next == parcel.count()) {
      release(parcel);
    }
  }

  private void release(Parcel<E> parcel) {
    current = null;
    queue.consumed(parcel);
    parcel.done();
  }

  private void finish() {
    finished = true;
    giveUpRest();
    onCancel.accept(this);
    if (cancelled) {
      return;
    }
    Throwable error = misuse;
    if (error != null) {
      scope.call(name, subscriber::onError, error);
    } else {
      scope.call(name, ignored -> subscriber.onComplete(), this);
    }
  }

  private void giveUpRest() {
    while (advance()) {
      Parcel<E> parcel = current;
      if (parcel != null) {
        counters.droppedAtEnd.add(parcel.count() - next);
        release(parcel);
      }
    }
  }
}
