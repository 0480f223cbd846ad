// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.tail;

import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexItem;
import java.util.Objects;
import java.util.concurrent.Flow;

/** A log as a publisher: a tail and a thread for each subscriber. */
public final class TailPublisher implements Flow.Publisher<RedexItem> {
  private final RedexFile log;
  private final long from;

  /** A publisher of what a log holds from a number on. */
  public TailPublisher(RedexFile log, long from) {
    this.log = log;
    this.from = from;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super RedexItem> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    TailSubscription subscription = new TailSubscription(log.tail(from), subscriber);
    Thread.ofVirtual().name("lichen-redex-publish-" + log.name()).start(subscription);
  }
}
