// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import java.net.InetSocketAddress;

/** What routing asks of its host. Called from inside its methods; must not call back. */
public interface RouteOutput {
  /**
   * Sends a plain datagram to a peer's address.
   *
   * @param pingwave must not be changed, as several peers get the same array
   */
  void sendPingwave(InetSocketAddress to, byte[] pingwave);

  /** Sends one event of subprotocol 0x0C01 to a peer. */
  void sendWithdrawal(long peer, byte[] event);

  /** What goes to a node goes over another peer from now on. */
  void onRerouted(long dest, long via);

  /** No peer leads to a node any more. */
  void onUnreachable(long dest);
}
