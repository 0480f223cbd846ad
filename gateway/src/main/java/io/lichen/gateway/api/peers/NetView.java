// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.peers;

import io.lichen.core.net.NetNat;
import io.lichen.core.net.PeerInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Net node's peers and NAT as JSON, as far as they are like a Moss node's. */
final class NetView {
  private NetView() {}

  static Map<String, Object> peer(PeerInfo peer, Enum<?> natType, @Nullable Duration roundTrip) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", Long.toUnsignedString(peer.nodeId()));
    row.put("wire", "net");
    row.put("address", Words.of(peer.address()));
    row.put("relayed", peer.viaRelay());
    row.put("carrier", "udp");
    row.put("outbound", peer.initiator());
    row.put("rtt_ms", Words.millis(roundTrip));
    row.put("state", Words.of(peer.state()));
    row.put("nat_type", Words.of(natType));
    return row;
  }

  static Map<String, Object> nat(NetNat view) {
    Map<String, Object> nat = new LinkedHashMap<>();
    nat.put("wire", "net");
    nat.put("nat_type", Words.of(view.natType()));
    nat.put("external", view.reflexAddress().map(Words::of).orElse(null));
    return nat;
  }
}
