// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.nat.profile.AddressRank;
import java.net.InetSocketAddress;

/** Which addresses a coordinator may make this node send to: none that lies closer than itself. */
final class Naming {
  private Naming() {}

  /** Whether this peer may name this address. */
  static boolean mayName(PeerLink teller, InetSocketAddress address) {
    boolean local = AddressRank.isLoopback(teller.address());
    AddressRank own = AddressRank.of(teller.address());
    return switch (AddressRank.of(address.getAddress())) {
      case PUBLIC -> true;
      case CARRIER, PRIVATE -> local || own == AddressRank.CARRIER || own == AddressRank.PRIVATE;
      case OTHER -> local && address.getAddress().isLoopbackAddress();
    };
  }
}
