// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

/**
 * When a node speaks up between its ticks: at once if something has happened, again 50 ms later if
 * it must not be missed, but not within 250 ms of the last time; what happens meanwhile is told
 * together at their end. Not thread-safe.
 */
final class EventWaves {
  static final long GAP_NS = 250_000_000L;
  static final long REPEAT_NS = 50_000_000L;

  private long begunNs;
  private long nextNs = Long.MAX_VALUE;
  private int rounds;
  private int waitingRounds;

  /** Whether nothing was said since it began. */
  private boolean isUntold;

  EventWaves(long nowNs) {
    this.begunNs = nowNs - GAP_NS;
  }

  /**
   * Something has happened.
   *
   * @param times how often to tell it
   */
  void happened(int times, long nowNs) {
    if (isUntold) {
      rounds = Math.max(rounds, times);
      return;
    }
    if (rounds > 0 || nowNs - begunNs < GAP_NS) {
      waitingRounds = Math.max(waitingRounds, times);
      if (rounds == 0) {
        nextNs = begunNs + GAP_NS;
      }
      return;
    }
    begin(times, nowNs);
  }

  /** When to look again; {@code Long.MAX_VALUE} for never. */
  long nextNs() {
    return nextNs;
  }

  /** Whether to speak now. */
  boolean isDue(long nowNs) {
    if (nextNs == Long.MAX_VALUE || nowNs - nextNs < 0) {
      return false;
    }
    if (rounds == 0) {
      begin(waitingRounds, nowNs);
      waitingRounds = 0;
    }
    rounds--;
    isUntold = false;
    if (rounds > 0) {
      nextNs = nowNs + REPEAT_NS;
    } else {
      nextNs = waitingRounds > 0 ? begunNs + GAP_NS : Long.MAX_VALUE;
    }
    return true;
  }

  private void begin(int times, long nowNs) {
    begunNs = nowNs;
    nextNs = nowNs;
    rounds = times;
    isUntold = true;
  }
}
