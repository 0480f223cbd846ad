// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.crypto.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sessions of this node through relays, for those who decide how a peer is to be reached. */
public interface Relays {
  /**
   * A session through a relay.
   *
   * @param via the relay
   * @param session the name that the one who asked for it gave it
   * @param member whether the peer at the other end is a peer of the mesh by it. If not, its Noise
   *     static key is not known: only raw data can be sent
   */
  record RelayPath(PeerId via, String session, boolean member) {}

  /**
   * Opens a session to a peer through the best relay that is connected and announced itself, or the
   * next best, until the time is over. Joins an attempt that is under way for the same peer;
   * answers at once if there is a session. What becomes of the peer's other sessions is the
   * membership's matter: a direct one that comes later replaces the relayed one. Any thread.
   *
   * @param timeout for all candidates together
   * @return completed on the node's loop; fails with {@link io.lichen.core.moss.MossException} of
   *     {@link io.lichen.core.moss.MossError#RELAY_FAILED}
   */
  CompletableFuture<RelayPath> open(PeerId target, Duration timeout);

  /** The session through a relay to a peer, if there is one; the node's loop only. */
  Optional<RelayPath> path(PeerId target);

  /**
   * The relays that a session to this peer, or a hole punch, would go through, the best first; the
   * node's loop only.
   */
  List<PeerId> candidates(PeerId target);

  /** Number of sessions that this node relays for others; the node's loop only. */
  int forwarding();
}
