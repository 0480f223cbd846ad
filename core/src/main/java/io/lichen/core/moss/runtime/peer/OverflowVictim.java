// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.crypto.PeerId;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Whom a full peer table gives up for a newcomer: one that has been there for a while and is of
 * little use, the least useful first (docs/wire/moss-mesh.md, "Session registration and
 * duplicates").
 */
public final class OverflowVictim {
  private static final long RETAINED_NS = 30_000_000_000L;
  private static final long SLOW_RTT_NS = 2_000_000_000L;

  private final PeerTable peers;
  private final Set<PeerId> directPeers;
  private final ToDoubleFunction<PeerLink> score;

  /**
   * Makes one.
   *
   * @param directPeers never given up
   */
  public OverflowVictim(
      PeerTable peers, Set<PeerId> directPeers, ToDoubleFunction<PeerLink> score) {
    this.peers = peers;
    this.directPeers = directPeers;
    this.score = score;
  }

  /** Whether a peer gets a place even in a full table. */
  boolean isAlwaysAdmitted(PeerId peer) {
    return directPeers.contains(peer);
  }

  /** The one to give up; empty if all are worth keeping. */
  Optional<PeerLink> choose(long nowNs) {
    return peers.all().stream()
        .filter(link -> !directPeers.contains(link.peer()) && !link.session().isRelayed())
        .filter(link -> nowNs - link.registeredNs() >= RETAINED_NS)
        .filter(link -> link.liveness().rttNs() > SLOW_RTT_NS || score.applyAsDouble(link) < 0)
        .min(
            Comparator.comparingDouble(score)
                .thenComparing(
                    Comparator.comparingLong((PeerLink l) -> l.liveness().rttNs()).reversed())
                .thenComparing(link -> link.session().outbound())
                .thenComparing(PeerLink::peer));
  }
}
