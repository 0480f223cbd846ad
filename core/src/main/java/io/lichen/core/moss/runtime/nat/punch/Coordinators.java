// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.AddressRank;
import io.lichen.transport.moss.Carrier;
import java.util.Comparator;
import java.util.List;

/**
 * Who may coordinate a punch (docs/wire/moss-nat.md, "Hole punching"): those that announce that
 * they relay, as they are likely to be connected to the other end, then whoever sees most of this
 * node's NAT.
 */
final class Coordinators {
  /** Asked for one punch. */
  private static final int MAX = 4;

  private final NatContext context;

  Coordinators(NatContext context) {
    this.context = context;
  }

  /** Those for a punch with this peer, the best first. */
  List<PeerId> of(PeerId target) {
    return context.peers().all().stream()
        .filter(link -> !link.peer().equals(target) && !link.session().isRelayed())
        .sorted(
            Comparator.comparing((PeerLink link) -> !isRelay(link))
                .thenComparing(link -> link.session().carrier() != Carrier.UDP)
                .thenComparing(link -> AddressRank.of(link.address()), Comparator.reverseOrder())
                .thenComparing(PeerLink::peer))
        .map(PeerLink::peer)
        .limit(MAX)
        .toList();
  }

  private boolean isRelay(PeerLink link) {
    KnownPeer known = context.known().get(link.peer());
    return known != null && known.isRelay();
  }
}
