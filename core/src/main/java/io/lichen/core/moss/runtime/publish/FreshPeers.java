// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.peer.PeerLink;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Knows whether a peer has just joined that may still have to say which topics it is on: it does so
 * right after the handshake, not with it. A publish in that moment would find nobody, though the
 * peer is there and subscribed. Written by the node's loop, read by publishers.
 */
public final class FreshPeers {
  /** How long a peer from which nothing has come yet is given. */
  static final long FIRST_WORD_NS = 1_000_000_000L;

  /** How long it is given after its first word: its topics follow its introduction at once. */
  static final long MORE_WORDS_NS = 100_000_000L;

  private final LongSupplier clockNs;
  private final Map<PeerLink, Long> deadlinesNs = new HashMap<>();
  private volatile long untilNs;

  public FreshPeers(LongSupplier clockNs) {
    this.clockNs = clockNs;
    this.untilNs = clockNs.getAsLong();
  }

  /** A peer has joined. */
  public void joined(PeerLink link, long nowNs) {
    deadlinesNs.put(link, nowNs + FIRST_WORD_NS);
    update(nowNs);
  }

  /** An announcement has come from a peer. */
  public void heard(PeerLink link, long nowNs) {
    if (!deadlinesNs.isEmpty()
        && deadlinesNs.computeIfPresent(link, (l, d) -> Math.min(d, nowNs + MORE_WORDS_NS))
            != null) {
      update(nowNs);
    }
  }

  /** A peer has left. */
  public void left(PeerLink link, long nowNs) {
    if (deadlinesNs.remove(link) != null) {
      update(nowNs);
    }
  }

  /**
   * Whether a route without targets may get some at any moment. A session that has ended is none:
   * another one to the same peer may have taken its place a moment ago.
   */
  boolean mayStillAnnounce(ChannelRoute route) {
    PeerLink[] targets = route.targets();
    return targets != null && untilNs - clockNs.getAsLong() > 0 && !hasOpen(targets);
  }

  private static boolean hasOpen(PeerLink[] targets) {
    for (PeerLink target : targets) {
      if (target.session().isOpen()) {
        return true;
      }
    }
    return false;
  }

  private void update(long nowNs) {
    deadlinesNs.values().removeIf(deadline -> deadline - nowNs <= 0);
    untilNs = deadlinesNs.values().stream().mapToLong(d -> d).max().orElse(nowNs);
  }
}
