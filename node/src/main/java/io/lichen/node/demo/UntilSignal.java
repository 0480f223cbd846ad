// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a program go on until a signal comes, and end in order then. */
final class UntilSignal implements AutoCloseable {
  private static final long LIMIT_S = 20;

  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  UntilSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endBySignal, "lichen-signal"));
  }

  /** Waits; answers whether the end has come, which an interrupt is, too. */
  boolean awaitFor(Duration time) {
    try {
      return ending.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** All is put away: the process may go. */
  @Override
  public void close() {
    ended.countDown();
  }

  /** The process goes when this returns. */
  private void endBySignal() {
    ending.countDown();
    try {
      var unused = ended.await(LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
