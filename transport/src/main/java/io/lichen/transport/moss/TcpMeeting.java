// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import java.util.concurrent.CompletableFuture;

/**
 * A connection to a peer that connects to this node at the same moment, both from the port on which
 * they listen. Thread-safe.
 */
public interface TcpMeeting {
  /**
   * The session, not started; fails with {@link TransportException} when the address does not
   * answer, the time is up, or somebody else than the peer answers. Where the peer's connection was
   * there first, it comes as any that a peer opens, and this fails.
   */
  CompletableFuture<MossSession> session();

  /**
   * Gives up unless the connection stands: the peer may have taken it for the session that it
   * keeps.
   */
  void abandon();
}
