// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossPeer;
import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.gossipsub.GossipSub;
import io.lichen.nat.profile.NatType;
import io.lichen.transport.moss.MossSession;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of connected peers. */
final class PeerInfos {
  private PeerInfos() {}

  /** All of them; the node's loop only. */
  static List<MossPeer> of(PeerTable peers, KnownPeers known, GossipSub gossip, long nowNs) {
    return peers.all().stream()
        .map(link -> of(link, known.get(link.peer()), gossip.score(link.peer()), nowNs))
        .sorted(Comparator.comparing(peer -> peer.id().hex()))
        .toList();
  }

  private static MossPeer of(PeerLink link, @Nullable KnownPeer known, double score, long nowNs) {
    MossSession session = link.session();
    long rttNs = link.liveness().rttNs();
    return new MossPeer(
        link.peer(),
        link.address(),
        session.carrier(),
        session.outbound(),
        Duration.ofNanos(nowNs - link.registeredNs()),
        rttNs < 0 ? null : Duration.ofNanos(rttNs),
        score,
        known == null ? NatType.UNKNOWN : known.natType(),
        known != null && known.isRelay(),
        session.pendingBytes(),
        session.bytesIn(),
        session.bytesOut());
  }
}
