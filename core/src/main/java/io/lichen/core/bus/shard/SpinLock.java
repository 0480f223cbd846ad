// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock for some ten nanoseconds of work in which nothing blocks and nothing throws. Whoever does
 * not get it at once lets others run: its holder may have lost its processor. Measured against
 * other locks in docs/benchmarks.md, "Event bus".
 */
abstract class SpinLock {
  private static final VarHandle HELD;
  private static final int SPINS = 64;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(SpinLock.class, "held", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through HELD
  private volatile int held;

  final void lock() {
    if (!HELD.compareAndSet(this, 0, 1)) {
      lockSlowly();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint only: correct without it
  private void lockSlowly() {
    int spins = 0;
    while ((int) HELD.getOpaque(this) != 0 || !HELD.compareAndSet(this, 0, 1)) {
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  final void unlock() {
    HELD.setRelease(this, 0);
  }
}
