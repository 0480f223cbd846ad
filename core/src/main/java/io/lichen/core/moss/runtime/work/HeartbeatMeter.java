// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long the heartbeats took and how late they came: the pulse of the node's loop. Written by the
 * loop, read by any thread.
 */
public final class HeartbeatMeter {
  /** Heartbeats whose lateness is remembered. */
  static final int REMEMBERED = 1024;

  public final LongAdder count = new LongAdder();
  public final LongAdder spentNs = new LongAdder();
  private final long periodNs;
  private final AtomicLongArray lateNs = new AtomicLongArray(REMEMBERED);
  private long dueNs;
  private volatile int beats;
  private volatile long maxLateNs;

  public HeartbeatMeter(long periodNs) {
    this.periodNs = periodNs;
  }

  /**
   * Notes one heartbeat. The next is due a period after this one's turn, and late by whatever comes
   * before it then, in other turns or in its own.
   *
   * @param turnNs when the loop's turn began in which it came, on the loop's clock
   * @param startNs when it began
   * @param endNs when it had ended
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void beat(long turnNs, long startNs, long endNs) {
    if (count.sum() > 0) {
      long late = Math.max(0, startNs - dueNs);
      maxLateNs = Math.max(maxLateNs, late);
      lateNs.set(beats % REMEMBERED, late);
      beats = beats + 1 == 2 * REMEMBERED ? REMEMBERED : beats + 1;
    }
    dueNs = turnNs + periodNs;
    count.increment();
    spentNs.add(endNs - startNs);
  }

  /** By how much the latest of all came after its time, nanoseconds; 0 if none was late. */
  public long maxLateNs() {
    return maxLateNs;
  }

  /**
   * By how much this share of the last {@value #REMEMBERED} came after their time at most,
   * nanoseconds; 0 if there was none.
   *
   * @param share 0 to 1
   */
  public long lateNs(double share) {
    long[] sorted = new long[Math.min(beats, REMEMBERED)];
    Arrays.setAll(sorted, lateNs::get);
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
