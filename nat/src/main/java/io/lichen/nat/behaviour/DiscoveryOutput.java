// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import java.net.InetSocketAddress;

/** What a {@link BehaviourDiscovery} wants done; called while it is. */
public interface DiscoveryOutput {
  /** Sends a datagram from the socket that is looked at. */
  void send(InetSocketAddress to, byte[] datagram);

  /** All that can be found out is; called once. */
  void onDone(NatBehaviour behaviour, long nowNs);
}
