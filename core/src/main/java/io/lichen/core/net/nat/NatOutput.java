// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import java.net.InetSocketAddress;

/** How engines of this package send. */
public interface NatOutput {
  /**
   * Sends one event of a subprotocol to a peer.
   *
   * @return false if there is no session with it
   */
  boolean send(long peer, int subprotocol, byte[] event);

  /** Sends a datagram outside of any session. */
  void sendPlain(InetSocketAddress to, byte[] datagram);
}
