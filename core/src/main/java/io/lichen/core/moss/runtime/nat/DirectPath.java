// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.crypto.PeerId;
import io.lichen.nat.path.PathEnd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The way to a peer without a relay: dials and hole punching. */
public interface DirectPath {
  /**
   * Tries to get a session with a peer that no relay is between: dials what is known of it, has a
   * third node coordinate a punch, and counts what the peer opens by itself. At most one attempt
   * for each peer is under way: a second call waits for the first one's end. Any thread.
   *
   * @param timeout bound on the whole attempt; it may end sooner, when there is nothing left to try
   * @param force whether to punch also where both ends have another port for every destination and
   *     a relay is the better choice for whoever waits; see {@link
   *     io.lichen.nat.path.PairTable#prefersRelay}
   * @return completed on the node's loop, never exceptionally: {@link PathEnd#DIRECT} if there is
   *     such a session now, at once if there was one before. The node's membership has it already
   */
  CompletableFuture<PathEnd> connect(PeerId target, Duration timeout, boolean force);
}
