// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.crypto.entity.EntityId;

/**
 * What announcements ask of the node that they are part of. Called from inside the engine's
 * methods; must not call back.
 */
public interface AnnouncementOutput {
  /**
   * Sends one event of subprotocol 0x0C00 to a peer.
   *
   * @param announcement must not be changed, as several peers get the same array
   */
  void send(long peer, byte[] announcement);

  /**
   * Has a signature verified off the loop: {@link Verification#run} anywhere, then {@link
   * AnnouncementEngine#onVerified} on the loop. At most {@link AnnouncementEngine#MAX_PENDING} are
   * handed out at a time.
   */
  void verify(Verification job);

  /**
   * Remembers which entity a peer is, as its own signed announcement says so.
   *
   * @return false if the peer is known to be another one, which stays so
   */
  boolean pin(long peer, EntityId entity);

  /**
   * A peer has passed on the signed announcement of a node, so it leads there.
   *
   * @param hopCount at least 1
   */
  void onRoute(long node, long via, int hopCount);

  /** A node has said what it has: something new, or the same to this node itself. */
  void onCapabilities(long node, CapabilitySet has);

  /**
   * This node says something else of itself from now on.
   *
   * @param changes how often that has happened
   */
  void onOwnCapabilities(CapabilitySet has, int changes);
}
