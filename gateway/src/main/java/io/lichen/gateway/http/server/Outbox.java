// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.HttpLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one client to take it: in order, bounded in messages and bytes. It counts as
 * waiting until the operating system has taken it. The queue itself is the channel's.
 */
final class Outbox {
  private final Channel channel;
  private final Loop loop;
  private final int maxFrames;
  private final int maxBytes;
  // All that senders have handed over, for those who wait for room.
  private final AtomicInteger waitingFrames = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  // What the channel holds; the loop's own.
  private int frames;
  private long bytes;
  // Counted before what they wait for is looked at.
  private final AtomicInteger waiters = new AtomicInteger();
  private volatile boolean closed;
  private volatile long progressNs = System.nanoTime();

  Outbox(Channel channel, Loop loop, HttpLimits limits) {
    this.channel = channel;
    this.loop = loop;
    this.maxFrames = limits.maxQueuedFrames();
    this.maxBytes = limits.maxQueuedBytes();
  }

  /** A sender will hand over a message of this size. Any thread. */
  void announce(int size) {
    waitingFrames.incrementAndGet();
    waitingBytes.addAndGet(size);
  }

  /**
   * Queues an announced message and releases it. On the loop.
   *
   * @return false when the client is too slow, or gone; then the message was not queued
   */
  boolean add(Object message, int size) {
    if (closed || !hasSpace(size)) {
      ReferenceCountUtil.release(message);
      done(size);
      return false;
    }
    frames++;
    bytes += size;
    ChannelFuture sent = channel.write(message);
    Wire.after(sent, () -> written(sent, size));
    loop.flushLater(channel);
    return true;
  }

  /** Queues a message in spite of all bounds, as the last one. On the loop. */
  ChannelFuture addLast(Object message) {
    close();
    return channel.writeAndFlush(message);
  }

  /** Nothing will be taken any more. Any thread. */
  void close() {
    closed = true;
    wake();
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Waits until at most half of the bounds is in use.
   *
   * @return false when the client is gone or {@code timeout} is over
   */
  boolean awaitRoom(Duration timeout) throws InterruptedException {
    return awaitRoom(0, timeout, false);
  }

  /**
   * Waits until there is room for one more message, and half of the bounds is free.
   *
   * @return false when the client is gone, or has taken nothing for {@code timeout}
   */
  boolean awaitProgress(int size, Duration timeout) throws InterruptedException {
    return awaitRoom(size, timeout, true);
  }

  private boolean awaitRoom(int size, Duration timeout, boolean renewed)
      throws InterruptedException {
    long startNs = System.nanoTime();
    lock.lockInterruptibly();
    waiters.incrementAndGet();
    try {
      while (!closed && !isRoomFor(size)) {
        long sinceNs = renewed ? startNs + Math.max(0, progressNs - startNs) : startNs;
        long leftNs = sinceNs + timeout.toNanos() - System.nanoTime();
        if (leftNs <= 0) {
          return false;
        }
        moved.awaitNanos(leftNs);
      }
      return !closed;
    } finally {
      waiters.decrementAndGet();
      lock.unlock();
    }
  }

  private boolean hasSpace(int size) {
    if (fits(size)) {
      return true;
    }
    // Nobody is slow who was not given the chance.
    channel.flush();
    return fits(size);
  }

  private boolean fits(int size) {
    return frames < maxFrames && (frames == 0 || bytes + size <= maxBytes);
  }

  private boolean isHalfEmpty() {
    return waitingFrames.get() <= maxFrames / 2 && waitingBytes.get() <= maxBytes / 2;
  }

  private boolean isRoomFor(int size) {
    return waitingFrames.get() == 0 || (isHalfEmpty() && waitingBytes.get() + size <= maxBytes);
  }

  private void written(ChannelFuture sent, int size) {
    frames--;
    bytes -= size;
    progressNs = System.nanoTime();
    done(size);
    if (!sent.isSuccess()) {
      Wire.close(channel);
    }
  }

  private void done(int size) {
    waitingFrames.decrementAndGet();
    waitingBytes.addAndGet(-size);
    if (waiters.get() > 0 && isHalfEmpty()) {
      wake();
    }
  }

  private void wake() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
