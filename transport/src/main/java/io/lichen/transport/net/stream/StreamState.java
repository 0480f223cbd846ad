// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import org.jspecify.annotations.Nullable;

/** One stream: its two halves, which share nothing but the id, and its places in the lists. */
final class StreamState {
  static final long NONE = Long.MAX_VALUE;

  final long id;
  @Nullable StreamSender sender;
  @Nullable StreamReceiver receiver;

  // In the table.
  @Nullable StreamState nextInBucket;
  @Nullable StreamState newer;
  @Nullable StreamState older;
  long activeNs;

  // In the queue.
  @Nullable StreamState nextQueued;
  boolean queued;

  // Whether it is among those with a timer.
  boolean waiting;

  StreamState(long id) {
    this.id = id;
  }

  void settle(long nowNs) {
    if (receiver != null) {
      receiver.settle(nowNs);
    }
    if (sender != null) {
      sender.settle(nowNs);
    }
  }

  void onTimer(long nowNs) {
    if (receiver != null) {
      receiver.onTimer(nowNs);
    }
    if (sender != null) {
      sender.onTimer(nowNs);
    }
  }

  long deadlineNs() {
    long receiverNs = receiver == null ? NONE : receiver.deadlineNs();
    long senderNs = sender == null ? NONE : sender.deadlineNs();
    return Math.min(receiverNs, senderNs);
  }

  /** Whether forgetting it would lose something. */
  boolean isBusy() {
    return isSending() || (receiver != null && receiver.isBusy());
  }

  boolean isSending() {
    return sender != null && sender.isBusy();
  }

  void close() {
    if (receiver != null) {
      receiver.close();
    }
    if (sender != null) {
      sender.close();
    }
  }
}
