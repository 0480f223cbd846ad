// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import java.util.function.LongSupplier;

/**
 * Remembers when the last peer joined. A peer announces its topics right after the handshake, but
 * not with it: a publish in that moment would find nobody, though the peer is there and subscribed.
 * Written by the node's loop.
 */
final class FreshPeers {
  /** How long a peer is given to announce its topics. */
  static final long SETTLE_NS = 200_000_000L;

  private final LongSupplier clockNs;
  private volatile long untilNs;

  FreshPeers(LongSupplier clockNs) {
    this.clockNs = clockNs;
    this.untilNs = clockNs.getAsLong();
  }

  /** A peer has joined. */
  void joined() {
    untilNs = clockNs.getAsLong() + SETTLE_NS;
  }

  /** Whether a route without targets may get some at any moment. */
  boolean mayStillAnnounce(ChannelRoute route) {
    PeerLink[] targets = route.targets();
    return targets != null && targets.length == 0 && untilNs - clockNs.getAsLong() > 0;
  }

  /** Until when it is worth waiting. */
  long untilNs() {
    return untilNs;
  }
}
