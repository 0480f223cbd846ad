// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

/** Tells the session that a peer has now. Called on the node's loop. */
@FunctionalInterface
public interface SessionIds {
  /** No session. */
  long NONE = 0;

  /** The id of the session with the peer, or {@link #NONE}. */
  long sessionId(long nodeId);
}
