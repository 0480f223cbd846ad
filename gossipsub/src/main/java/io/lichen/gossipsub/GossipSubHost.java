// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;

/**
 * What the engine asks of whoever runs it. Called synchronously from within the engine's methods;
 * the host must not call back into the engine.
 */
public interface GossipSubHost {
  /** Send a control message to a connected peer. */
  void send(PeerId to, GossipMessage message);

  /**
   * Send a published message, own or forwarded, to a connected peer.
   *
   * @return whether the peer's session took it
   */
  boolean send(PeerId to, PublishedMessage message);

  /** A message on a subscribed topic was seen for the first time, from a peer. */
  void deliver(PublishedMessage message, PeerId from);

  /**
   * The score that counts for a peer: lets the application override the engine's.
   *
   * @param base the engine's own score
   */
  double score(PeerId peer, double base);
}
