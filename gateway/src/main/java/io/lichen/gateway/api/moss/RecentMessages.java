// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest messages of one channel, for those who ask for them now and then. Holds 1024; fewer if
 * all rings together have more than {@link #MAX_BYTES}, but always the newest one. Thread-safe.
 */
final class RecentMessages {
  /** The most messages of one channel. */
  static final int MAX_MESSAGES = 1024;

  /** Bytes of payload in all rings of a gateway. */
  static final long MAX_BYTES = 16L << 20;

  /**
   * What was asked for.
   *
   * @param next what to ask for next time: the newest message that was seen
   */
  record Page(List<ChannelMessage> messages, long next) {}

  private final AtomicLong allBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ChannelMessage> messages = new ArrayDeque<>();
  private long newestSeq;
  private boolean closed;

  /**
   * An empty one.
   *
   * @param allBytes what all rings of the gateway hold
   * @param newestSeq of the channel by now
   */
  RecentMessages(AtomicLong allBytes, long newestSeq) {
    this.allBytes = allBytes;
    this.newestSeq = newestSeq;
  }

  /** Adds one, in place of the oldest if there is no room. */
  void add(ChannelMessage message) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      messages.addLast(message);
      newestSeq = message.seq();
      allBytes.addAndGet(message.data().length);
      while (messages.size() > MAX_MESSAGES
          || (allBytes.get() > MAX_BYTES && messages.size() > 1)) {
        allBytes.addAndGet(-messages.removeFirst().data().length);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Messages after one, in order; waits while there is none.
   *
   * @param after the seq of that one. If no message has come that far, the count has begun anew,
   *     and so does the answer
   * @param limit how many at most
   * @param waitMs how long at most
   */
  Page after(long after, int limit, long waitMs) throws InterruptedException {
    lock.lock();
    try {
      long from = after > newestSeq ? 0 : after;
      long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
      while (newestSeq <= from && leftNs > 0 && !closed) {
        leftNs = changed.awaitNanos(leftNs);
      }
      List<ChannelMessage> found = new ArrayList<>();
      for (ChannelMessage message : messages) {
        if (message.seq() > from && found.size() < limit) {
          found.add(message);
        }
      }
      return new Page(found, found.isEmpty() ? from : found.getLast().seq());
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all; who waits is answered. */
  void close() {
    lock.lock();
    try {
      closed = true;
      messages.forEach(message -> allBytes.addAndGet(-message.data().length));
      messages.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
