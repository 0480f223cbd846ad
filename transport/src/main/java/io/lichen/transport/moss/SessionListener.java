// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

/** Told of sessions that other nodes opened to this one. */
@FunctionalInterface
public interface SessionListener {
  /**
   * A handshake initiated by a peer has been completed. Called on the session's event loop; must
   * not block. The session delivers nothing until {@link MossSession#start}; whoever does not start
   * it must close it.
   */
  void onInboundSession(MossSession session);
}
