// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.ArrayDeque;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from many producers to one consumer and knows how much is under way, by count and by
 * bytes. It never refuses an item: whoever fills it looks at {@link #isFull} and stops producing,
 * so the overshoot is one item (or one batch) for each producer.
 *
 * <p>An item counts until the consumer reports it {@link #consumed}, not merely until it was taken
 * out, so that the bound is one on memory.
 *
 * @param <T> what is handed over
 */
public final class BoundedQueue<T> {
  private final Object lock = new Object();
  private final long maxBytes;
  private final ToLongFunction<? super T> sizeBytes;
  private ArrayDeque<T> waiting = new ArrayDeque<>();
  private volatile int maxCount;

  // Written under the lock.
  private volatile long addedCount;
  private volatile long addedBytes;
  // Written by the consumer only.
  private volatile long consumedCount;
  private volatile long consumedBytes;

  /**
   * Makes an empty one.
   *
   * @param sizeBytes what an item weighs; must answer the same every time
   */
  public BoundedQueue(int maxCount, long maxBytes, ToLongFunction<? super T> sizeBytes) {
    this.maxCount = maxCount;
    this.maxBytes = maxBytes;
    this.sizeBytes = sizeBytes;
  }

  /** Adds an item; any thread. */
  public void add(T item) {
    long bytes = sizeBytes.applyAsLong(item);
    synchronized (lock) {
      waiting.add(item);
      addedCount++;
      addedBytes += bytes;
    }
  }

  /**
   * Takes out everything that waits; consumer only.
   *
   * @param empty an empty deque that the queue may fill from now on: the one got last time, cleared
   */
  public ArrayDeque<T> takeAll(ArrayDeque<T> empty) {
    synchronized (lock) {
      ArrayDeque<T> taken = waiting;
      waiting = empty;
      return taken;
    }
  }

  /** Takes out what has waited longest, null if nothing waits; consumer only. */
  public @Nullable T takeOne() {
    synchronized (lock) {
      return waiting.pollFirst();
    }
  }

  /**
   * Gives up what has waited longest and was not taken out yet; any thread.
   *
   * @return what was given up, null if nothing waits
   */
  public @Nullable T dropOldest() {
    synchronized (lock) {
      T dropped = waiting.pollFirst();
      if (dropped != null) {
        addedCount--;
        addedBytes -= sizeBytes.applyAsLong(dropped);
      }
      return dropped;
    }
  }

  /** Changes the bound on the number of items; any thread. */
  public void maxCount(int newMaxCount) {
    maxCount = newMaxCount;
  }

  /** Says that an item that was taken out is done with; consumer only. */
  public void consumed(T item) {
    consumed(1, sizeBytes.applyAsLong(item));
  }

  /** Says that so many items, of so many bytes together, are done with; consumer only. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void consumed(int count, long bytes) {
    consumedBytes += bytes;
    consumedCount += count;
  }

  /** What an item weighs. */
  long sizeBytes(T item) {
    return sizeBytes.applyAsLong(item);
  }

  /** Whether producers should stop. */
  public boolean isFull() {
    return count() >= maxCount || bytes() >= maxBytes;
  }

  /** Whether at most half of the bound is under way. */
  public boolean isHalfEmpty() {
    return count() <= maxCount / 2 && bytes() <= maxBytes / 2;
  }

  /** Items under way: added and not yet consumed. */
  public long count() {
    return addedCount - consumedCount;
  }

  /** Their bytes. */
  public long bytes() {
    return addedBytes - consumedBytes;
  }

  /** Items done with, ever. */
  public long consumedCount() {
    return consumedCount;
  }

  /** Whether nothing waits to be taken out. */
  public boolean isEmpty() {
    return addedCount == consumedCount;
  }
}
