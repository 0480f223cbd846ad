// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.tail;

import io.lichen.redex.RedexItem;
import io.lichen.redex.RedexSubscription;
import io.lichen.redex.RedexTail;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber. Its own thread makes every call to it, so that none meets another one and none is
 * made from within its own calls; what other threads do here only counts and wakes.
 */
final class TailSubscription extends TailProgress implements RedexSubscription, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TailSubscription.class);

  private final Flow.Subscriber<? super RedexItem> subscriber;
  private final AtomicLong demand = new AtomicLong();
  private volatile @Nullable Thread thread;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean isCancelled;

  TailSubscription(RedexTail tail, Flow.Subscriber<? super RedexItem> subscriber) {
    super(tail);
    this.subscriber = subscriber;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      subscriber.onSubscribe(this);
      publish();
    } catch (Throwable e) {
      // A subscriber must not throw; one that does counts as cancelled.
      LOG.warn("a subscriber failed and gets nothing more: {}", e.toString());
    } finally {
      isCancelled = true;
      items.close();
    }
  }

  private void publish() {
    RedexItem item = peek();
    while (item != null && awaitDemand()) {
      items.taken();
      subscriber.onNext(item);
      item = peek();
    }
    end();
  }

  private @Nullable RedexItem peek() {
    try {
      return items.peek();
    } catch (RuntimeException e) {
      failure = e;
      return null;
    }
  }

  /** Waits for demand and takes one of it; false if it ended meanwhile. */
  private boolean awaitDemand() {
    while (!isOver()) {
      long now = demand.get();
      if (now == Long.MAX_VALUE || (now > 0 && demand.compareAndSet(now, now - 1))) {
        return true;
      }
      if (now == 0) {
        LockSupport.park(this);
      }
    }
    return false;
  }

  private boolean isOver() {
    return isCancelled || failure != null;
  }

  private void end() {
    if (isCancelled) {
      return;
    }
    RuntimeException why = failure;
    if (why == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(why);
    }
  }

  @Override
  public void request(long count) {
    if (isOver()) {
      return;
    }
    if (count > 0) {
      demand.accumulateAndGet(count, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
    } else {
      failure = new IllegalArgumentException("rule 3.9: request more than 0, not " + count);
      items.close();
    }
    LockSupport.unpark(thread);
  }

  @Override
  public void cancel() {
    isCancelled = true;
    items.close();
    LockSupport.unpark(thread);
  }
}
