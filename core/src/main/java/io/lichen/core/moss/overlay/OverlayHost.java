// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.crypto.PeerId;
import java.util.Collection;

/** What the overlay needs from the node that it is part of. Called from inside its methods. */
public interface OverlayHost {
  /** The peers with a session, in no order. */
  Collection<PeerId> connectedPeers();

  /** Sends an envelope to a connected peer, or drops it. */
  void send(PeerId to, Envelope envelope);

  /** What others are to know about how to reach this node. */
  ReachabilityHint ownHint();

  /**
   * Somebody says that a node is on a topic that this node asked about. Nobody has checked that.
   *
   * @param topic the wire topic
   * @param source who says so
   * @param provider the node, never this one
   * @param hint how it can be reached
   */
  void found(String topic, PeerId source, PeerId provider, ReachabilityHint hint);
}
