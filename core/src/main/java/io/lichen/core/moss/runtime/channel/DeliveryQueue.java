// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.SubscribeOptions.Overflow;
import io.lichen.core.moss.runtime.work.MessageSizes;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.BoundedQueue;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.LogLimiter;
import io.lichen.core.work.SerialRunner;
import io.lichen.gossipsub.PublishedMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one channel on their way to the application: opened and handed over one at a time
 * and in order, off the network threads.
 *
 * <p>Bounded by the subscription's options and {@link #MAX_BYTES}. Where nothing may be dropped a
 * full queue reports itself to the {@link DeliveryBacklog}, and whoever fills it stops until it has
 * room.
 */
public final class DeliveryQueue {
  /** Bytes under way to one channel's callback, as on the wire and decoded. */
  static final long MAX_BYTES = 8L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryQueue.class);

  /**
   * What all queues of a node share.
   *
   * @param dropLog limits the lines about dropped messages
   * @param maxMessages messages under way to a callback whose subscription does not say how many
   * @param patienceNs for how long a subscriber that does nothing at all may hold up the node
   */
  public record Shared(
      Executor executor,
      CallbackScope scope,
      DeliveryBacklog backlog,
      NodeCounters counters,
      LogLimiter dropLog,
      int maxMessages,
      long patienceNs) {}

  private final ChannelRoute route;
  private final Shared shared;
  private final MessageCallback callback;
  private final SenderNames senders = new SenderNames();
  private final BoundedQueue<PublishedMessage> queue;
  private final SerialRunner runner;
  private final FullMark full;
  private volatile Overflow overflow = Overflow.BLOCK;
  private volatile int maxMessages;
  // Set by the node's loop, cleared by the worker: its subscriber moves again.
  private volatile boolean standsStill;
  // The node's loop only: what the subscriber had done by then, and since when.
  private long watchedCount = -1;
  private long watchedSinceNs;
  private ArrayDeque<PublishedMessage> spare = new ArrayDeque<>();

  DeliveryQueue(ChannelRoute route, MessageCallback callback, Shared shared) {
    this.route = route;
    this.callback = callback;
    this.shared = shared;
    this.maxMessages = shared.maxMessages();
    this.queue = new BoundedQueue<>(maxMessages, MAX_BYTES, MessageSizes::of);
    this.runner = new SerialRunner(shared.executor(), this::drain);
    this.full = new FullMark(shared.backlog());
  }

  /** Goes by these options from now on; any thread. */
  void options(SubscribeOptions options) {
    int wanted = options.queueMessages();
    maxMessages = wanted == 0 ? shared.maxMessages() : wanted;
    queue.maxCount(maxMessages);
    overflow = options.overflow();
    if (overflow != Overflow.BLOCK || !queue.isFull()) {
      full.clear();
    }
  }

  /** Adds a message without beginning to deliver it; any thread. */
  public void add(PublishedMessage message) {
    switch (overflow) {
      case BLOCK -> addAndBlock(message);
      case DROP_OLDEST -> addInsteadOfOldest(message);
      case DROP_NEWEST -> addIfRoom(message);
    }
  }

  private void addAndBlock(PublishedMessage message) {
    if (standsStill && queue.isFull()) {
      dropped(shared.counters().deliveriesDroppedStill);
      return;
    }
    queue.add(message);
    if (queue.isFull() && !full.isSet() && full.set()) {
      shared.counters().deliveryBlocks.increment();
      // The worker may have emptied the queue before it could see the mark.
      if (!queue.isFull()) {
        full.clear();
      }
    }
  }

  private void addInsteadOfOldest(PublishedMessage message) {
    while (queue.isFull() && queue.dropOldest() != null) {
      dropped(shared.counters().deliveriesDroppedOldest);
    }
    queue.add(message);
  }

  private void addIfRoom(PublishedMessage message) {
    if (queue.isFull()) {
      dropped(shared.counters().deliveriesDroppedNewest);
    } else {
      queue.add(message);
    }
  }

  private void dropped(LongAdder counter) {
    counter.increment();
    if (shared.dropLog().permits()) {
      LOG.warn(
          "The subscriber of channel {} {}: dropped a message ({} similar lines held back)",
          route.channel(),
          standsStill ? "stands still" : "does not keep up and its subscription says so",
          shared.dropLog().takeSuppressed());
    }
  }

  /**
   * Lets the node go on if this queue has held it up for long and its subscriber has done nothing
   * meanwhile: until it does, what comes for it is dropped. The node's loop, now and then.
   */
  public void watch(long nowNs) {
    long consumed = queue.consumedCount();
    if (!full.isSet() || consumed != watchedCount) {
      watchedCount = consumed;
      watchedSinceNs = nowNs;
    } else if (nowNs - watchedSinceNs >= shared.patienceNs()
        && nowNs - full.sinceNs() >= shared.patienceNs()) {
      standsStill = true;
      full.clear();
    }
  }

  /** Begins to deliver what was added; any thread. */
  public void deliver() {
    runner.request();
  }

  /** Messages under way. */
  public long count() {
    return queue.count();
  }

  /** Whether so much waits that even a callback's own publishes have to be refused. */
  public boolean isOverrun() {
    return queue.count() >= 2L * maxMessages || queue.bytes() >= 2L * MAX_BYTES;
  }

  /**
   * Waits until there is room.
   *
   * @return whether there is
   */
  public boolean awaitRoom(long timeoutNs) throws InterruptedException {
    return full.awaitClear(timeoutNs);
  }

  private void drain() {
    // What can be dropped has to be in the queue, and not in the hands of this worker.
    boolean found = true;
    while (found) {
      found = overflow == Overflow.DROP_OLDEST ? drainOne() : drainAll();
    }
  }

  private boolean drainOne() {
    PublishedMessage message = queue.takeOne();
    if (message != null) {
      consume(message);
    }
    return message != null;
  }

  private boolean drainAll() {
    ArrayDeque<PublishedMessage> messages = queue.takeAll(spare);
    boolean found = !messages.isEmpty();
    messages.forEach(this::consume);
    messages.clear();
    spare = messages;
    return found;
  }

  private void consume(PublishedMessage message) {
    deliver(message);
    queue.consumed(message);
    if (standsStill) {
      standsStill = false;
    }
    if (full.isSet()) {
      full.clearIfDrained(queue);
    }
  }

  private void deliver(PublishedMessage message) {
    Consumer<MossMessage> target = route.isForCallback() ? callback.get() : null;
    MessageKeeper keeper = route.keeper();
    List<Consumer<MossMessage>> listeners = route.listeners();
    boolean told = target != null || !listeners.isEmpty();
    if (!route.isSubscribed() || (!told && keeper == null)) {
      return;
    }
    byte[] data = route.open(message.payload());
    if (data == null) {
      shared.counters().unopened.increment();
      return;
    }
    if (keeper != null) {
      keeper.keepDelivered(message, data);
    }
    if (told) {
      shared.counters().delivered.increment();
      shared.counters().deliveredBytes.add(data.length);
    }
    for (Consumer<MossMessage> listener : listeners) {
      call(listener, message, data);
    }
    if (target != null) {
      // Its own to keep and to change.
      call(target, message, listeners.isEmpty() ? data : data.clone());
    }
  }

  private void call(Consumer<MossMessage> target, PublishedMessage message, byte[] data) {
    shared
        .scope()
        .call(
            "message",
            target,
            new MossMessage(
                route.room().id(), route.channel(), senders.of(message.senderId()), data));
  }

  /** Where the application's callback is found, which may change at any time. */
  @FunctionalInterface
  public interface MessageCallback {
    /** The callback now. */
    @Nullable Consumer<MossMessage> get();
  }
}
