// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands one item after the other to a consumer; the next is asked for when it returns.
 *
 * @param <T> what comes
 */
public final class EachOne<T> implements Flow.Subscriber<T> {
  private final Consumer<T> consumer;
  private volatile Flow.@Nullable Subscription subscription;

  /** Hands them over there. */
  public EachOne(Consumer<T> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(T item) {
    consumer.accept(item);
    Flow.Subscription current = subscription;
    if (current != null) {
      current.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    // The node closes: its end is what counts.
  }

  @Override
  public void onComplete() {
    // The node closes: its end is what counts.
  }
}
