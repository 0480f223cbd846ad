// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import org.jspecify.annotations.Nullable;

/** Streams that a batch of packets has touched, each once, in the order of the first touch. */
final class StreamQueue {
  private @Nullable StreamState first;
  private @Nullable StreamState last;

  void add(StreamState state) {
    if (state.queued) {
      return;
    }
    state.queued = true;
    StreamState before = last;
    last = state;
    if (before == null) {
      first = state;
    } else {
      before.nextQueued = state;
    }
  }

  @Nullable StreamState poll() {
    StreamState state = first;
    if (state == null) {
      return null;
    }
    first = state.nextQueued;
    if (first == null) {
      last = null;
    }
    state.nextQueued = null;
    state.queued = false;
    return state;
  }
}
