// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.nat.profile.NatProfile;

/**
 * One matter of NAT traversal in a node: is told of sessions, of the profile and of the time. All
 * on the node's loop.
 */
public interface NatPart {
  /**
   * A session has been registered and introduced.
   *
   * @param replaced whether it took the place of another to the same peer
   */
  default void joined(PeerLink link, boolean replaced, long nowNs) {}

  /**
   * A session is no longer registered.
   *
   * @param replaced whether another to the same peer takes its place at once
   */
  default void left(PeerLink link, boolean replaced, long nowNs) {}

  /** Something about what this node is behind has changed. */
  default void profileChanged(NatProfile before, NatProfile now, long nowNs) {}

  /**
   * Servers see this node elsewhere than before though its machine is where it was: its router has
   * got another address, or has begun anew. Sessions may be dead.
   */
  default void moved(long nowNs) {}

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} for never. Asked after every turn. */
  default long nextDeadlineNs() {
    return Long.MAX_VALUE;
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  default void onTimer(long nowNs) {}

  /** The node stops; its sessions are still there. */
  default void stop() {}
}
