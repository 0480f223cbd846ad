// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.runtime.nat.DirectPath;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.nat.path.UpgradePacing;
import java.util.List;

/**
 * Looks for direct paths to peers that are reached through relays, as long as there is room for
 * them: one attempt at a time for each, ever more seldom as long as none leads there. The node's
 * loop only.
 */
final class RelayUpgrades {
  private static final int MAX_PEERS = 1024;

  private final NatContext context;
  private final DirectPath direct;
  private final UpgradePacing<PeerId> pacing = new UpgradePacing<>(MAX_PEERS);

  RelayUpgrades(NatContext context, DirectPath direct) {
    this.context = context;
    this.direct = direct;
  }

  /** Begins the attempts that are due. */
  void tick(long nowNs) {
    if (context.peers().relayedSize() == 0) {
      return;
    }
    for (PeerLink link : List.copyOf(context.peers().all())) {
      if (link.session().isRelayed()
          && context.membership().hasRoomFor(link.peer())
          && pacing.begin(link.peer(), nowNs)) {
        begin(link.peer());
      }
    }
  }

  /** This node is behind something else now: what failed before may work. */
  void startOver() {
    pacing.forgetAll();
  }

  private void begin(PeerId peer) {
    var unused =
        direct
            .connect(peer, context.handshakeTimeout(), true)
            .whenComplete((end, failure) -> context.loop().execute(() -> ended(peer)));
  }

  private void ended(PeerId peer) {
    if (context.peers().isDirect(peer) || !context.peers().contains(peer)) {
      pacing.forget(peer);
    } else {
      pacing.ended(peer, context.clockNs().getAsLong());
    }
  }
}
