// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.stream.StreamCounters.Event;
import org.jspecify.annotations.Nullable;

/**
 * Begins streams and forgets them (docs/wire/net-streams.md, "Limits"). Nobody tells the other side
 * that it forgets, so a sender remembers its numbers a little longer than any receiver: when it
 * cannot know whether the receiver still does, it goes on and marks the mode boundary again.
 */
final class StreamKeeper {
  static final long NONE = Long.MAX_VALUE;

  private static final long SWEEP_INTERVAL_NS = 5_000_000_000L;

  /** Part of the idle time by which two sides may disagree. */
  private static final int DOUBT_PART = 20;

  /** Streams looked at for one that can give way. */
  private static final int MAX_LOOKED_AT = 16;

  private final StreamTable table;
  private final long idleNs;
  private final StreamCounters counters;
  private long sweepNs = NONE;

  StreamKeeper(StreamTable table, long idleNs, StreamCounters counters) {
    this.table = table;
    this.idleNs = idleNs;
    this.counters = counters;
  }

  /** A new stream; {@code null} if those that could give way are busy. */
  @Nullable StreamState begin(long streamId, long nowNs) {
    if (table.isFull() && !makeRoom()) {
      return null;
    }
    if (sweepNs == NONE) {
      sweepNs = nowNs + SWEEP_INTERVAL_NS;
    }
    return table.add(streamId, nowNs);
  }

  private boolean makeRoom() {
    StreamState state = table.oldest();
    for (int i = 0; i < MAX_LOOKED_AT && state != null; i++) {
      if (!state.isBusy()) {
        forget(state);
        counters.add(Event.STREAMS_EVICTED);
        return true;
      }
      state = state.newer;
    }
    return false;
  }

  /** The sending half of a stream. */
  StreamSender sender(StreamState state, StreamContext context, int windowBytes, long nowNs) {
    StreamSender sender = state.sender;
    if (sender == null) {
      sender = new StreamSender(state.id, context, windowBytes);
      state.sender = sender;
    } else if (nowNs - state.activeNs >= idleNs - idleNs / DOUBT_PART) {
      sender.onDoubt();
    }
    return sender;
  }

  /** Forgets what has been idle. */
  void sweep(long nowNs) {
    if (nowNs < sweepNs) {
      return;
    }
    StreamState state = table.oldest();
    while (state != null && nowNs - state.activeNs >= idleNs) {
      StreamState newer = state.newer;
      if (!state.isBusy()) {
        forgetIdle(state, nowNs);
      }
      state = newer;
    }
    sweepNs = table.size() == 0 ? NONE : nowNs + SWEEP_INTERVAL_NS;
  }

  private void forgetIdle(StreamState state, long nowNs) {
    state.receiver = null;
    if (state.sender == null || nowNs - state.activeNs >= idleNs + idleNs / DOUBT_PART) {
      forget(state);
      counters.add(Event.STREAMS_IDLE);
    }
  }

  private void forget(StreamState state) {
    table.remove(state);
    state.close();
  }

  /** When {@link #sweep} is wanted. */
  long deadlineNs() {
    return sweepNs;
  }
}
