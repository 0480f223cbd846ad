// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

/** Sends one event of a subprotocol to a peer, unreliably. Called on the node's loop. */
@FunctionalInterface
public interface PeerSender {
  /**
   * Sends the event if there is a session with the peer; otherwise it is lost, as any datagram may
   * be.
   */
  void send(long nodeId, byte[] event);
}
