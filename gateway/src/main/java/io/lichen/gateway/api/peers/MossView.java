// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.peers;

import io.lichen.core.moss.MossPeer;
import io.lichen.core.moss.NatReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Moss node's peers and NAT as JSON. */
final class MossView {
  private static final String RELAY = "relay:";

  private MossView() {}

  static Map<String, Object> peer(MossPeer peer) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", peer.id().hex());
    row.put("wire", "moss");
    row.put("address", peer.address());
    row.put("relayed", peer.isRelayed());
    row.put("via", via(peer));
    row.put("carrier", Words.of(peer.carrier()));
    row.put("outbound", peer.outbound());
    row.put("age_ms", peer.age().toMillis());
    row.put("rtt_ms", Words.millis(peer.rtt()));
    row.put("score", peer.score());
    row.put("nat_type", peer.natType().wireName());
    row.put("relay", peer.relay());
    row.put("queued_bytes", peer.queuedBytes());
    row.put("bytes_in", peer.bytesIn());
    row.put("bytes_out", peer.bytesOut());
    return row;
  }

  /** The relay's id, or null. */
  private static @Nullable String via(MossPeer peer) {
    String address = peer.address();
    return address.startsWith(RELAY) ? address.substring(RELAY.length()) : null;
  }

  static Map<String, Object> nat(NatReport report) {
    Map<String, Object> seen = new TreeMap<>();
    report.seen().forEach((source, address) -> seen.put(Words.of(source), Words.of(address)));
    Map<String, Object> nat = new LinkedHashMap<>();
    nat.put("wire", "moss");
    nat.put("nat_type", report.type().wireName());
    nat.put("mapping", Words.of(report.mapping()));
    nat.put("filtering", Words.of(report.filtering()));
    nat.put("carrier", report.carrier());
    nat.put("reachable", report.reachable());
    nat.put("supernode", report.supernode());
    nat.put("external", report.external() == null ? null : Words.of(report.external()));
    nat.put("seen", seen);
    nat.put("port_step", report.portStep());
    return nat;
  }
}
