// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long the heartbeats took and how late they came: the pulse of the node's loop. Written by the
 * loop, read by any thread.
 */
final class HeartbeatMeter {
  final LongAdder count = new LongAdder();
  final LongAdder spentNs = new LongAdder();
  private final long periodNs;
  private long lastNs;
  private volatile long maxLateNs;

  HeartbeatMeter(long periodNs) {
    this.periodNs = periodNs;
  }

  /**
   * Notes one heartbeat.
   *
   * @param startNs when it began, on the loop's clock
   * @param endNs when it had ended
   */
  void beat(long startNs, long endNs) {
    if (count.sum() > 0) {
      maxLateNs = Math.max(maxLateNs, startNs - lastNs - periodNs);
    }
    lastNs = startNs;
    count.increment();
    spentNs.add(endNs - startNs);
  }

  /** By how much the latest of all came after its time, nanoseconds; 0 if none was late. */
  long maxLateNs() {
    return maxLateNs;
  }
}
