// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.DeliveryQueue;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.LogLimiter;
import io.lichen.gossipsub.PublishedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives own messages to the own subscriber, and paces the publisher when the subscriber does not
 * keep up. A publisher that is itself a callback of this node is not made to wait: the queue that
 * it would wait for may be waiting for it. Thread-safe.
 */
public final class SelfDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(SelfDelivery.class);

  private final CallbackScope scope;
  private final long waitLimitNs;
  private final NodeCounters counters;
  private final LogLimiter log;

  public SelfDelivery(
      CallbackScope scope, long waitLimitNs, NodeCounters counters, LogLimiter log) {
    this.scope = scope;
    this.waitLimitNs = waitLimitNs;
    this.counters = counters;
    this.log = log;
  }

  /** Delivers a message. */
  void deliver(ChannelRoute route, PublishedMessage message) {
    DeliveryQueue queue = route.deliveries();
    if (scope.isInside() ? queue.isOverrun() : !awaitRoom(queue)) {
      counters.selfDeliveriesDropped.increment();
      if (log.permits()) {
        LOG.warn(
            "The subscriber of channel {} does not keep up with this node's own publishes:"
                + " dropped its copy of one ({} similar lines held back)",
            route.channel(),
            log.takeSuppressed());
      }
      return;
    }
    queue.add(message);
    queue.deliver();
  }

  private boolean awaitRoom(DeliveryQueue queue) {
    try {
      return queue.awaitRoom(waitLimitNs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
