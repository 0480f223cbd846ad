// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.NetLoop;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The steps of an attempt to follow a peer, one after the other; a pause follows. On the loop. */
final class MoveSteps {
  private static final long PAUSE_NS = 2_000_000_000L;

  private final NetLoop loop;
  private @Nullable Future<?> timer;
  private long endedNs;

  MoveSteps(NetLoop loop) {
    this.loop = loop;
    endedNs = loop.nowNs() - PAUSE_NS;
  }

  /** Whether an attempt is under way. */
  boolean areUnderWay() {
    return timer != null;
  }

  /** Whether one has ended just now, and the next may not begin yet. */
  boolean isPause() {
    return timer == null && loop.nowNs() - endedNs < PAUSE_NS;
  }

  /** The next step comes after a while. */
  void after(long delayMs, Runnable next) {
    try {
      timer = loop.schedule(next, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The transport closes, and the session with it.
      timer = null;
    }
  }

  /** There is no next step. */
  void end() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    endedNs = loop.nowNs();
  }
}
