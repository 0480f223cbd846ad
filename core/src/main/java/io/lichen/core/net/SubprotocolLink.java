// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.transport.net.SendVerdict;

/** A registered {@link Subprotocol}'s way out. Thread-safe. */
public interface SubprotocolLink extends AutoCloseable {
  /**
   * Sends one message to a peer, unreliably; does not block.
   *
   * @param message at most 8104 bytes; copied
   * @return {@link SendVerdict#CLOSED} also if there is no session with that peer
   */
  SendVerdict send(long peerNodeId, byte[] message);

  /** Ends the registration; its tags go with the next announcement. Idempotent. */
  @Override
  void close();
}
