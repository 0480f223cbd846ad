// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossMessage;
import io.lichen.gossipsub.PublishedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one channel on their way to the application: opened and handed over one at a time
 * and in order, off the network threads.
 *
 * <p>Bounded by {@link Shared#maxMessages} and {@link #MAX_BYTES}. Nothing is dropped when it is
 * full: it reports itself to the {@link DeliveryBacklog}, and whoever fills it stops until it has
 * room.
 */
final class DeliveryQueue {
  /** Bytes under way to one channel's callback, as on the wire and decoded. */
  static final long MAX_BYTES = 8L << 20;

  /** A full queue is let go when half empty, or with any room at all after so long. */
  private static final long RELEASE_AFTER_NS = 20_000_000L;

  /**
   * What all queues of a node share.
   *
   * @param maxMessages messages under way to one channel's callback
   */
  record Shared(
      Executor executor,
      CallbackScope scope,
      DeliveryBacklog backlog,
      NodeCounters counters,
      int maxMessages) {}

  private final ChannelRoute route;
  private final Shared shared;
  private final MessageCallback callback;
  private final SenderNames senders = new SenderNames();
  private final BoundedQueue<PublishedMessage> queue;
  private final SerialRunner runner;
  private List<PublishedMessage> spare = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private volatile boolean blocked;
  private volatile long blockedSinceNs;

  DeliveryQueue(ChannelRoute route, MessageCallback callback, Shared shared) {
    this.route = route;
    this.callback = callback;
    this.shared = shared;
    this.queue = new BoundedQueue<>(shared.maxMessages(), MAX_BYTES, MessageSizes::of);
    this.runner = new SerialRunner(shared.executor(), this::drain);
  }

  /** Adds a message without beginning to deliver it; any thread. */
  void add(PublishedMessage message) {
    queue.add(message);
    if (queue.isFull() && !blocked) {
      block();
    }
  }

  /** Begins to deliver what was added; any thread. */
  void deliver() {
    runner.request();
  }

  /** Messages under way. */
  long count() {
    return queue.count();
  }

  /** Whether so much waits that even a callback's own publishes have to be refused. */
  boolean isOverrun() {
    return queue.count() >= 2L * shared.maxMessages() || queue.bytes() >= 2L * MAX_BYTES;
  }

  /**
   * Waits until there is room.
   *
   * @return whether there is
   */
  boolean awaitRoom(long timeoutNs) throws InterruptedException {
    if (!blocked) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      long remainingNs = timeoutNs;
      while (blocked && remainingNs > 0) {
        remainingNs = released.awaitNanos(remainingNs);
      }
      return !blocked;
    } finally {
      lock.unlock();
    }
  }

  private void block() {
    lock.lock();
    try {
      if (!blocked) {
        blockedSinceNs = System.nanoTime();
        shared.backlog().blocked();
        blocked = true;
      }
    } finally {
      lock.unlock();
    }
    // The worker may have emptied the queue before it could see the mark.
    if (!queue.isFull()) {
      release();
    }
  }

  private void release() {
    lock.lock();
    try {
      if (blocked) {
        blocked = false;
        shared.backlog().released();
        released.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void releaseIfDue() {
    if (queue.isHalfEmpty()
        || (!queue.isFull() && System.nanoTime() - blockedSinceNs >= RELEASE_AFTER_NS)) {
      release();
    }
  }

  private void drain() {
    List<PublishedMessage> messages = queue.takeAll(spare);
    while (!messages.isEmpty()) {
      for (PublishedMessage message : messages) {
        deliver(message);
        queue.consumed(message);
        if (blocked) {
          releaseIfDue();
        }
      }
      messages.clear();
      messages = queue.takeAll(messages);
    }
    spare = messages;
  }

  private void deliver(PublishedMessage message) {
    Consumer<MossMessage> target = callback.get();
    if (!route.isSubscribed() || target == null) {
      return;
    }
    byte[] data = route.open(message.payload());
    if (data == null) {
      shared.counters().unopened.increment();
      return;
    }
    shared.counters().delivered.increment();
    shared.counters().deliveredBytes.add(data.length);
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
  interface MessageCallback {
    /** The callback now. */
    @Nullable Consumer<MossMessage> get();
  }
}
