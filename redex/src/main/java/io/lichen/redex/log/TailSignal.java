// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import java.lang.invoke.VarHandle;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Wakes those that wait for a log to change. Costs the appender a fence where nobody waits. */
final class TailSignal {
  /** A reader looks for so long before it sleeps: waking it takes longer than most appends. */
  private static final long SPIN_NS = 20_000;

  private static final int SPINS_BETWEEN_LOOKS_AT_THE_CLOCK = 64;

  private final CopyOnWriteArrayList<Thread> waiting = new CopyOnWriteArrayList<>();

  /** Something changed. */
  void changed() {
    // The change must be visible before this looks who waits: whoever comes later looks again.
    VarHandle.fullFence();
    if (!waiting.isEmpty()) {
      waiting.forEach(LockSupport::unpark);
    }
  }

  /** Waits until something holds, which {@link #changed} follows; false if it did not in time. */
  boolean await(BooleanSupplier condition, long timeoutNs) throws InterruptedException {
    long startNs = System.nanoTime();
    return spin(condition, startNs, Math.min(timeoutNs, SPIN_NS))
        || park(condition, startNs, timeoutNs);
  }

  private static boolean spin(BooleanSupplier condition, long startNs, long forNs) {
    do {
      for (int i = 0; i < SPINS_BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
        if (condition.getAsBoolean()) {
          return true;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - startNs < forNs);
    return false;
  }

  private boolean park(BooleanSupplier condition, long startNs, long timeoutNs)
      throws InterruptedException {
    Thread self = Thread.currentThread();
    waiting.add(self);
    try {
      while (!condition.getAsBoolean()) {
        long leftNs = timeoutNs - (System.nanoTime() - startNs);
        if (leftNs <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, leftNs);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      return true;
    } finally {
      waiting.remove(self);
    }
  }
}
