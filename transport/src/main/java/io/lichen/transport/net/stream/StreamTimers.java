// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * The streams that wait for a time. The next deadline is a lower bound: when acknowledgements have
 * moved it, the timer fires once in vain.
 */
final class StreamTimers {
  static final long NONE = Long.MAX_VALUE;

  private final List<StreamState> waiting = new ArrayList<>(0);
  private long deadlineNs = NONE;

  /** To be called whenever a stream's deadline may have changed. */
  void arm(StreamState state) {
    long stateNs = state.deadlineNs();
    if (stateNs == NONE) {
      return;
    }
    if (!state.waiting) {
      state.waiting = true;
      waiting.add(state);
    }
    armAt(stateNs);
  }

  /** The timer is wanted at this time, too. */
  void armAt(long otherNs) {
    deadlineNs = Math.min(deadlineNs, otherNs);
  }

  /** Lets the streams whose time has come act. They may arm themselves and others meanwhile. */
  void run(long nowNs) {
    deadlineNs = NONE;
    for (int i = 0; i < waiting.size(); ) {
      StreamState state = waiting.get(i);
      if (state.deadlineNs() <= nowNs) {
        state.onTimer(nowNs);
      }
      long stateNs = state.deadlineNs();
      if (stateNs == NONE) {
        drop(i);
      } else {
        armAt(stateNs);
        i++;
      }
    }
  }

  private void drop(int index) {
    waiting.get(index).waiting = false;
    StreamState last = waiting.removeLast();
    if (index < waiting.size()) {
      waiting.set(index, last);
    }
  }

  long deadlineNs() {
    return deadlineNs;
  }
}
