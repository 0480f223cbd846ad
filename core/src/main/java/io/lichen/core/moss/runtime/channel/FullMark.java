// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.core.work.BoundedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Says that a subscriber's queue is full, so that whoever fills it waits; as long as it is set, the
 * {@link DeliveryBacklog} knows. Thread-safe.
 */
final class FullMark {
  /** A full queue is let go when half empty, or with any room at all after so long. */
  private static final long RELEASE_AFTER_NS = 20_000_000L;

  private final DeliveryBacklog backlog;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition cleared = lock.newCondition();
  private volatile boolean set;
  private volatile long sinceNs;

  FullMark(DeliveryBacklog backlog) {
    this.backlog = backlog;
  }

  /** Whether it is set. */
  boolean isSet() {
    return set;
  }

  /** Since when it is set, by {@link System#nanoTime}. */
  long sinceNs() {
    return sinceNs;
  }

  /** Sets it; answers whether it was not set before. */
  boolean set() {
    lock.lock();
    try {
      if (set) {
        return false;
      }
      sinceNs = System.nanoTime();
      backlog.blocked();
      set = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Clears it, if it was set. */
  void clear() {
    lock.lock();
    try {
      if (set) {
        set = false;
        backlog.released();
        cleared.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Clears it if this queue has drained far enough. */
  void clearIfDrained(BoundedQueue<?> queue) {
    if (queue.isHalfEmpty()
        || (!queue.isFull() && System.nanoTime() - sinceNs >= RELEASE_AFTER_NS)) {
      clear();
    }
  }

  /**
   * Waits until it is not set.
   *
   * @return false if it still is after this time
   */
  boolean awaitClear(long timeoutNs) throws InterruptedException {
    if (!set) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      long remainingNs = timeoutNs;
      while (set && remainingNs > 0) {
        remainingNs = cleared.awaitNanos(remainingNs);
      }
      return !set;
    } finally {
      lock.unlock();
    }
  }
}
