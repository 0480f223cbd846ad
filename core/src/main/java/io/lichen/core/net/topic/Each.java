// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.topic;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Gives each item to a consumer that keeps up. */
record Each<T>(Consumer<T> consumer) implements Flow.Subscriber<T> {
  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(T item) {
    consumer.accept(item);
  }

  @Override
  public void onError(Throwable failure) {
    // The node closes, and its topics with it.
  }

  @Override
  public void onComplete() {
    // The node closes, and its topics with it.
  }
}
