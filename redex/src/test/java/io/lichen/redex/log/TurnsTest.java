// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that take turns: whoever is forgotten hangs. */
@Timeout(60)
class TurnsTest {
  private static final int THREADS = 16;
  private static final int EACH = 3000;
  private static final int AT_ONCE = 3;

  private final Turns turns = new Turns();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong done = new AtomicLong();

  @Test
  void shouldForgetNobody() throws Exception {
    CompletableFuture<?>[] running = new CompletableFuture<?>[THREADS];
    for (int i = 0; i < THREADS; i++) {
      running[i] =
          CompletableFuture.runAsync(
              this::askOften, task -> Thread.ofPlatform().daemon().start(task));
    }
    CompletableFuture.allOf(running).get();
    assertEquals(THREADS * EACH, done.get());
    assertFalse(turns.isAwaited());
  }

  private void askOften() {
    for (int i = 0; i < EACH; i++) {
      long mine = asked.incrementAndGet();
      while (done.get() < mine) {
        if (turns.take()) {
          // Not for all: somebody must go on.
          done.set(Math.min(asked.get(), done.get() + AT_ONCE));
          turns.end(false);
        } else {
          turns.await(() -> done.get() >= mine);
        }
      }
    }
  }

  /** One that sleeps and for whom nothing is ever done. */
  private Thread asleep() {
    Thread thread = Thread.ofPlatform().daemon().start(() -> turns.await(() -> false));
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void shouldWakeOneToGoOn() throws InterruptedException {
    assertTrue(turns.take());
    Thread first = asleep();
    Thread second = asleep();
    turns.end(false);
    first.join();
    assertTrue(second.isAlive());
    assertTrue(turns.take());
    turns.end(false);
    second.join();
  }

  @Test
  void shouldWakeAllWhenItFailed() throws InterruptedException {
    assertTrue(turns.take());
    Thread first = asleep();
    Thread second = asleep();
    turns.end(true);
    first.join();
    second.join();
  }
}
