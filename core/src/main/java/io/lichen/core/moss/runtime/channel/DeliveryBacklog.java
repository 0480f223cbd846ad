// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.core.moss.runtime.work.LoopSignal;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many channels have a subscriber that does not keep up. While there is one, the node's loop
 * takes nothing from the sessions: that is how back-pressure reaches the peers. Thread-safe.
 */
public final class DeliveryBacklog {
  private final AtomicInteger blockedQueues = new AtomicInteger();
  private final LoopSignal loop;

  public DeliveryBacklog(LoopSignal loop) {
    this.loop = loop;
  }

  /** A queue has become full. */
  void blocked() {
    blockedQueues.incrementAndGet();
  }

  /** A queue that was full has room again. */
  void released() {
    if (blockedQueues.decrementAndGet() == 0) {
      loop.wake();
    }
  }

  /** Whether the loop has to hold back. */
  public boolean isBlocked() {
    return blockedQueues.get() > 0;
  }
}
