// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.work.FaultGuard;
import io.lichen.transport.net.NetLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes engines when they want to be woken; loop only. */
final class EngineTimers {
  /** What an engine answers that wants nothing. */
  static final long NEVER = Long.MAX_VALUE;

  /** An engine with deadlines. */
  interface Timed {
    /** When {@link #onTimer} is wanted, on the loop's clock, or {@link #NEVER}. */
    long nextDeadlineNs();

    /** The deadline has come. */
    void onTimer(long nowNs);
  }

  private final List<Timed> engines = new ArrayList<>();
  private final FaultGuard faults;
  private @Nullable Future<?> scheduled;
  private long scheduledNs;

  EngineTimers(FaultGuard faults) {
    this.faults = faults;
  }

  /** Adds one; before the socket is opened. */
  void add(Timed engine) {
    engines.add(engine);
  }

  /** Asks the engines when to wake them; to be called after every call of one of them. */
  void arm(NetLoop loop) {
    long deadlineNs = NEVER;
    for (Timed engine : engines) {
      long wantedNs = engine.nextDeadlineNs();
      if (wantedNs != NEVER && (deadlineNs == NEVER || wantedNs - deadlineNs < 0)) {
        deadlineNs = wantedNs;
      }
    }
    if (deadlineNs == NEVER || (scheduled != null && scheduledNs - deadlineNs <= 0)) {
      // A timer that is too early costs one look in vain.
      return;
    }
    if (scheduled != null) {
      scheduled.cancel(false);
    }
    scheduledNs = deadlineNs;
    try {
      long delayNs = Math.max(0, deadlineNs - loop.nowNs());
      scheduled = loop.schedule(() -> run(loop), delayNs, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The transport was closed: nothing is to be woken any more.
      scheduled = null;
    }
  }

  private void run(NetLoop loop) {
    scheduled = null;
    long nowNs = loop.nowNs();
    for (Timed engine : engines) {
      long wantedNs = engine.nextDeadlineNs();
      if (wantedNs != NEVER && nowNs - wantedNs >= 0) {
        faults.guard(() -> engine.onTimer(nowNs));
      }
    }
    arm(loop);
  }
}
