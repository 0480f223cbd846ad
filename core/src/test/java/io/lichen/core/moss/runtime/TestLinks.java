// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.transport.moss.MossSession;

/** Makes links of sessions without a node around them. */
final class TestLinks {
  private TestLinks() {}

  static PeerLink link(MossSession session, NodeCounters counters, long nowNs) {
    Liveness liveness = new Liveness(Liveness.Params.defaults(), nowNs);
    return new PeerLink(session, 1 << 20, liveness, counters, slowPeers(counters), nowNs);
  }

  /** Judges peers, and tells nobody. */
  static SlowPeers slowPeers(NodeCounters counters) {
    return new SlowPeers(
        new EventQueue<>("slow peer", Runnable::run, scope(counters), counters), counters, 1);
  }

  /** Logs nothing. */
  static CallbackScope scope(NodeCounters counters) {
    return new CallbackScope(counters, new LogLimiter(Long.MAX_VALUE / 4, () -> 0));
  }
}
