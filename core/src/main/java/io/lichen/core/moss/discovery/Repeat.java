// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, on a virtual thread of its own, until closed. A fault in one turn
 * is logged and does not end it.
 */
final class Repeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeat.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  /** What is done; may block, and ends early when it is interrupted. */
  @FunctionalInterface
  interface Task {
    /** Does it once. */
    void run() throws InterruptedException;
  }

  private final Task task;
  private final Duration pause;
  private final Thread thread;

  private Repeat(String name, Duration pause, Task task) {
    this.task = task;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /**
   * Begins with the first turn now.
   *
   * @param pause between the end of one turn and the beginning of the next
   */
  static Repeat start(String name, Duration pause, Task task) {
    Repeat repeat = new Repeat(name, pause, task);
    repeat.thread.start();
    return repeat;
  }

  private void run() {
    try {
      while (true) {
        turn();
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      LOG.debug("{} has ended", thread.getName());
    }
  }

  private void turn() throws InterruptedException {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("{} goes on after a fault", thread.getName(), e);
    }
  }

  /** Interrupts the turn under way and waits for its end, a second at most. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(CLOSE_LIMIT)) {
        LOG.warn("{} does not end", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
