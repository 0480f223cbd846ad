// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded buffer of lines before a stream, emptied by one thread: while that thread writes one
 * batch, callers fill the next, so that a burst costs one write and a single line is flushed at
 * once. After the stream broke, lines are thrown away.
 */
final class LineBuffer implements AutoCloseable {
  /** Callers wait when this much lies unwritten. */
  private static final int HIGH_WATER_BYTES = 1024 * 1024;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final OutputStream out;
  private final Runnable onBroken;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private ByteArrayOutputStream filling = new ByteArrayOutputStream(64 * 1024);
  private ByteArrayOutputStream draining = new ByteArrayOutputStream(64 * 1024);
  private boolean closed;
  private boolean broken;

  LineBuffer(OutputStream out, Runnable onBroken) {
    this.out = out;
    this.onBroken = onBroken;
    this.thread = Thread.ofPlatform().name("lichen-lines").daemon(true).start(this::drain);
  }

  void append(ByteArrayOutputStream line) {
    lock.lock();
    try {
      while (filling.size() >= HIGH_WATER_BYTES && !broken && !closed) {
        changed.awaitUninterruptibly();
      }
      if (!broken && !closed) {
        filling.writeBytes(line.toByteArray());
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (Thread.currentThread() != thread) {
      join();
    }
  }

  private void drain() {
    try {
      while (swap()) {
        draining.writeTo(out);
        draining.reset();
        out.flush();
      }
    } catch (IOException e) {
      markBroken();
      onBroken.run();
    }
  }

  /** Takes over what was filled; false when closed and nothing is left. */
  private boolean swap() {
    lock.lock();
    try {
      while (filling.size() == 0 && !closed) {
        changed.awaitUninterruptibly();
      }
      ByteArrayOutputStream filled = filling;
      filling = draining;
      draining = filled;
      changed.signalAll();
      return draining.size() > 0;
    } finally {
      lock.unlock();
    }
  }

  private void markBroken() {
    lock.lock();
    try {
      broken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Who does not read does not keep the process alive for longer than this. */
  private void join() {
    try {
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
