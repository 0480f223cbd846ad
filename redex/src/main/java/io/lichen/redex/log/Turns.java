// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets one thread at a time do what many wait for. Those for whom it was done are woken together,
 * and one of the others, to take the next turn: with a lock they would wake one after the other.
 */
final class Turns {
  private record Waiting(Thread thread, BooleanSupplier isDone) {}

  private final AtomicBoolean isTaken = new AtomicBoolean();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /** Takes the turn if it is free; it must be ended. */
  boolean take() {
    return isTaken.compareAndSet(false, true);
  }

  /** Sleeps until it was done, or the turn is free: then it must be tried to take it. */
  void await(BooleanSupplier isDone) {
    Waiting self = new Waiting(Thread.currentThread(), isDone);
    waiting.add(self);
    boolean isInterrupted = false;
    while (isTaken.get() && !isDone.getAsBoolean()) {
      LockSupport.park(this);
      isInterrupted |= Thread.interrupted();
    }
    waiting.remove(self);
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether somebody else wants it done. */
  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /**
   * Ends the turn.
   *
   * @param hasFailed whether it was done for nobody, and all shall see why
   */
  void end(boolean hasFailed) {
    isTaken.set(false);
    for (Waiting one : waiting) {
      if (hasFailed || one.isDone.getAsBoolean()) {
        LockSupport.unpark(one.thread);
      }
    }
    // Last the one that goes on: the others may want it done again, and join. If it finds that
    // another one came first it sleeps again, and that one ends its turn here as well.
    wakeNext();
  }

  private void wakeNext() {
    for (Waiting one : waiting) {
      if (!one.isDone.getAsBoolean()) {
        LockSupport.unpark(one.thread);
        return;
      }
    }
  }
}
