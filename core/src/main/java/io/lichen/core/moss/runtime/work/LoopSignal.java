// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the node's loop rests and how others wake it.
 *
 * <p>A thread wake-up costs more than a small message. So a loop to which work comes in quick
 * succession first naps for a few microseconds, during which nobody needs to wake it and work
 * gathers to a batch; only when it finds nothing after that does it sleep until it is woken.
 */
public final class LoopSignal {
  private static final VarHandle SLEEPER;

  static {
    try {
      SLEEPER = MethodHandles.lookup().findVarHandle(LoopSignal.class, "sleeper", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Thread sleeper;

  /** Wakes the loop if it sleeps; any thread, to be called after the work has been made visible. */
  public void wake() {
    Thread thread = sleeper;
    if (thread != null && SLEEPER.compareAndSet(this, thread, null)) {
      LockSupport.unpark(thread);
    }
  }

  /** Rests for a moment whatever happens; loop only. */
  void nap(long ns) {
    LockSupport.parkNanos(this, ns);
  }

  /**
   * Rests until woken, or for so long; loop only.
   *
   * @param hasWork asked after the loop has become wakeable, so that no work is missed
   */
  void sleep(long ns, BooleanSupplier hasWork) {
    sleeper = Thread.currentThread();
    if (ns > 0 && !hasWork.getAsBoolean()) {
      LockSupport.parkNanos(this, ns);
    }
    sleeper = null;
  }
}
