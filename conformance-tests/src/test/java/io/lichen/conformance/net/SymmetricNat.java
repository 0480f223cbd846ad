// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import io.lichen.conformance.tap.UdpRelay;
import io.lichen.conformance.tap.Way;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What a node is behind whom each peer sees at another address. Used by one thread. */
final class SymmetricNat implements AutoCloseable {
  private static final Way GOOD = (datagram, onward) -> onward.accept(datagram);

  private final List<UdpRelay> mappings = new ArrayList<>();

  /** Where the node behind it dials a peer. */
  String towards(NetPeer peer) {
    UdpRelay mapping = UdpRelay.open(GOOD, () -> GOOD);
    mappings.add(mapping);
    mapping.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.port()));
    return mapping.address();
  }

  @Override
  public void close() {
    mappings.forEach(UdpRelay::close);
  }
}
