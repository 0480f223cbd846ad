// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.delivery;

import io.lichen.core.net.DeliveryOptions;
import io.lichen.core.work.CallbackScope;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * Hands what comes in to everybody who subscribes. Each subscriber has a queue and a thread of its
 * own, so that none holds up another, or the network.
 *
 * @param <E> what subscribers get
 */
public final class Hub<E> {
  private final String name;
  private final Executor executor;
  private final CallbackScope scope;
  private final DeliveryCounters counters;
  private final CopyOnWriteArrayList<Mailbox<E>> mailboxes = new CopyOnWriteArrayList<>();
  private boolean closed;

  /**
   * Makes one without subscribers.
   *
   * @param name of what subscribers get, for the log
   */
  public Hub(String name, Executor executor, CallbackScope scope, DeliveryCounters counters) {
    this.name = name;
    this.executor = executor;
    this.scope = scope;
    this.counters = counters;
  }

  /** A publisher whose subscribers' queues are like this. */
  public Flow.Publisher<E> publisher(DeliveryOptions options) {
    return subscriber -> subscribe(subscriber, options);
  }

  private void subscribe(Flow.Subscriber<? super E> subscriber, DeliveryOptions options) {
    Mailbox<E> mailbox =
        new Mailbox<>(
            name,
            subscriber,
            options,
            options.isInline() ? Runnable::run : executor,
            scope,
            counters,
            mailboxes::remove);
    synchronized (this) {
      if (closed) {
        mailbox.complete();
      } else {
        mailboxes.add(mailbox);
      }
    }
    mailbox.open();
  }

  /** Whether anybody subscribes. */
  boolean isEmpty() {
    return mailboxes.isEmpty();
  }

  /** Whether a subscriber that gives nothing up does not keep up. */
  boolean isBehind() {
    for (Mailbox<E> mailbox : mailboxes) {
      if (mailbox.isBehind()) {
        return true;
      }
    }
    return false;
  }

  /** Offers a single piece of news; does not block. */
  public void offer(E news) {
    for (Mailbox<E> mailbox : mailboxes) {
      mailbox.offer(new News<>(news));
    }
  }

  /** Offers a parcel to every subscriber; does not block. */
  void offer(Parcel<E> parcel) {
    for (Mailbox<E> mailbox : mailboxes) {
      parcel.offered();
      mailbox.offer(parcel);
    }
  }

  /** What waits for subscribers, in bytes. */
  public long waitingBytes() {
    return mailboxes.stream().mapToLong(Mailbox::waitingBytes).sum();
  }

  /** Completes all subscriptions, and those to come. */
  public synchronized void close() {
    closed = true;
    mailboxes.forEach(Mailbox::complete);
    mailboxes.clear();
  }
}
