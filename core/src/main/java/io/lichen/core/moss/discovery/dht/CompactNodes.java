// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.CompactPeers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Nodes as the DHT writes them: 20 octets of the id, then a compact peer. Stateless. */
final class CompactNodes {
  private static final int PEER_BYTES = CompactPeers.IPV4_BYTES + 2;
  private static final int NODE_BYTES = NodeId.BYTES + PEER_BYTES;

  private CompactNodes() {}

  /** At most so many; octets that are no whole node are ignored. */
  static List<Contact> decode(byte[] octets, int max) {
    ByteBuffer in = ByteBuffer.wrap(octets);
    List<Contact> nodes = new ArrayList<>();
    while (in.remaining() >= NODE_BYTES && nodes.size() < max) {
      NodeId id = NodeId.read(in);
      nodes.add(new Contact(id, CompactPeers.decode(in, CompactPeers.IPV4_BYTES, 1).getFirst()));
    }
    return nodes;
  }

  /** The octets of nodes with IPv4 addresses. */
  static byte[] encode(List<Contact> nodes) {
    ByteBuffer out = ByteBuffer.allocate(nodes.size() * NODE_BYTES);
    for (Contact node : nodes) {
      node.id().write(out).put(CompactPeers.encode(node.endpoint()));
    }
    return out.array();
  }
}
