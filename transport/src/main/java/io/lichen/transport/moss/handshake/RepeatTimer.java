// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

/** When a datagram is to be sent again: at growing intervals, until it is stopped. */
final class RepeatTimer {
  private long dueNs = Long.MAX_VALUE;
  private long intervalNs;

  void start(long nowNs, long firstIntervalNs) {
    intervalNs = firstIntervalNs;
    dueNs = nowNs + firstIntervalNs;
  }

  /** Whether it is time; the next interval is one and a half times as long. */
  boolean fires(long nowNs) {
    if (!isRunning() || nowNs - dueNs < 0) {
      return false;
    }
    intervalNs += intervalNs / 2;
    dueNs = nowNs + intervalNs;
    return true;
  }

  /** Fires at this time, whatever was planned. */
  void dueAt(long timeNs) {
    dueNs = timeNs;
  }

  void stop() {
    dueNs = Long.MAX_VALUE;
  }

  boolean isRunning() {
    return dueNs != Long.MAX_VALUE;
  }

  long dueNs() {
    return dueNs;
  }
}
