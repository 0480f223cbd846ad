// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import java.net.InetSocketAddress;

/** Takes answers to STUN requests; on the event loop of the UDP socket, so it must not block. */
@FunctionalInterface
public interface StunListener {
  /**
   * A datagram has come that is STUN by its magic cookie and bears the transaction id of a request.
   *
   * @param from who has sent it, or pretends to: anybody may have read the request on its way
   * @param datagram all of it
   */
  void onStun(InetSocketAddress from, byte[] datagram);
}
