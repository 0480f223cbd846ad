// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.peer.Liveness;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.SlowPeers;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.EventQueue;
import io.lichen.core.work.LogLimiter;
import io.lichen.transport.moss.MossSession;

/** Makes links of sessions without a node around them. */
public final class TestLinks {
  private TestLinks() {}

  public static PeerLink link(MossSession session, NodeCounters counters, long nowNs) {
    Liveness liveness = new Liveness(Liveness.Params.defaults(), nowNs);
    return new PeerLink(session, 1 << 20, liveness, counters, slowPeers(counters), nowNs);
  }

  /** Judges peers, and tells nobody. */
  public static SlowPeers slowPeers(NodeCounters counters) {
    return new SlowPeers(
        new EventQueue<>("slow peer", Runnable::run, scope(counters), counters.eventsDropped),
        counters,
        1);
  }

  /** Logs nothing. */
  public static CallbackScope scope(NodeCounters counters) {
    return new CallbackScope(
        counters.callbackFailures, new LogLimiter(Long.MAX_VALUE / 4, () -> 0));
  }
}
