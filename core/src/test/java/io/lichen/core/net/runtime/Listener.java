// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that keeps what it gets, in order.
 *
 * @param <T> what it gets
 */
final class Listener<T> implements Flow.Subscriber<T> {
  private final long demand;
  private final Consumer<T> also;
  private final List<T> got = new ArrayList<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean completed;
  private volatile @Nullable Throwable error;

  private Listener(long demand, Consumer<T> also) {
    this.demand = demand;
    this.also = also;
  }

  /** Subscribes one that takes everything. */
  static <T> Listener<T> to(Flow.Publisher<T> publisher) {
    return to(publisher, Long.MAX_VALUE, item -> {});
  }

  /** Subscribes one that asks for so many at first, and does something with each. */
  static <T> Listener<T> to(Flow.Publisher<T> publisher, long demand, Consumer<T> also) {
    Listener<T> listener = new Listener<>(demand, also);
    publisher.subscribe(listener);
    NetNodes.await("the subscription", () -> listener.subscription != null);
    return listener;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (demand > 0) {
      given.request(demand);
    }
    subscription = given;
  }

  @Override
  public void onNext(T item) {
    synchronized (got) {
      got.add(item);
    }
    also.accept(item);
  }

  @Override
  public void onError(Throwable failure) {
    error = failure;
  }

  @Override
  public void onComplete() {
    completed = true;
  }

  Flow.Subscription subscription() {
    Flow.Subscription now = subscription;
    if (now == null) {
      throw new IllegalStateException("not subscribed yet");
    }
    return now;
  }

  List<T> got() {
    synchronized (got) {
      return List.copyOf(got);
    }
  }

  int count() {
    synchronized (got) {
      return got.size();
    }
  }

  boolean isCompleted() {
    return completed;
  }

  @Nullable Throwable error() {
    return error;
  }

  /** Waits until it has so many. */
  List<T> await(int count) {
    NetNodes.await(count + " items", () -> count() >= count);
    return got();
  }
}
