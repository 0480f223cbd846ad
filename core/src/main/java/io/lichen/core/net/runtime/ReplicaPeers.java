// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.redex.replica.ReplicationLink;
import io.lichen.transport.net.SendVerdict;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way of replicas to other nodes. What the loop's tables know of a node is asked of them when
 * it is wanted, and answered the next time: replicas look at every heartbeat.
 */
final class ReplicaPeers implements ReplicationLink {
  /** So long an answer counts as new. */
  private static final long FRESH_NS = 50_000_000;

  /** Nodes of which answers are kept; more begin anew. */
  private static final int MAX_FACTS = 4096;

  /**
   * What is known of a node.
   *
   * @param atNs when it was asked for
   */
  private record Fact(Speech speech, OptionalLong rttNs, long atNs) {}

  private final PeerTable peers;
  private final Wire wire;
  private final MeshEngines engines;
  private final Map<Long, Fact> facts = new ConcurrentHashMap<>();

  ReplicaPeers(PeerTable peers, Wire wire, MeshEngines engines) {
    this.peers = peers;
    this.wire = wire;
    this.engines = engines;
  }

  @Override
  public boolean send(long node, byte[] message) {
    Peer peer = peers.find(node);
    return peer != null
        && peer.session().send(SUBPROTOCOL_ID, Unpooled.wrappedBuffer(message)) == SendVerdict.SENT;
  }

  @Override
  public OptionalLong rttNs(long node) {
    return fact(node).rttNs;
  }

  @Override
  public Speech speech(long node) {
    return fact(node).speech;
  }

  private Fact fact(long node) {
    long nowNs = System.nanoTime();
    Fact known = facts.getOrDefault(node, new Fact(Speech.UNKNOWN, OptionalLong.empty(), nowNs));
    if (!facts.containsKey(node) || nowNs - known.atNs >= FRESH_NS) {
      if (facts.size() >= MAX_FACTS) {
        facts.clear();
      }
      facts.put(node, new Fact(known.speech, known.rttNs, nowNs));
      boolean unused = wire.execute(() -> facts.put(node, look(node)));
    }
    return known;
  }

  private Fact look(long node) {
    CapabilitySet has = engines.announcements.index().get(node, wire.loop().nowNs());
    Speech speech = Speech.UNKNOWN;
    if (has != null) {
      speech = has.hasTag(TERMS_TAG) ? Speech.TERMS : Speech.NATIVE;
    }
    Long rttNs = engines.roundTripsNs().get(node);
    return new Fact(
        speech, rttNs == null ? OptionalLong.empty() : OptionalLong.of(rttNs), System.nanoTime());
  }
}
