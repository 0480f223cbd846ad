// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;

/** Nodes with nothing but an overlay, joined by links without delay, in a time of their own. */
final class OverlayWorld {
  static final long SECOND_NS = 1_000_000_000L;

  private record Packet(PeerId from, PeerId to, Envelope envelope) {}

  /** What somebody was told. */
  record Found(String topic, PeerId source, PeerId provider, ReachabilityHint hint) {}

  /** One node. */
  final class Node implements OverlayHost {
    final PeerId id;
    final Overlay overlay;
    final Set<PeerId> links = new LinkedHashSet<>();
    final Set<String> topics = new HashSet<>();
    final List<Found> found = new ArrayList<>();
    final List<Envelope> received = new ArrayList<>();
    boolean lonely = true;

    /** Whether what it is sent goes no further than {@link #received}. */
    boolean silent;

    Node(PeerId id) {
      this.id = id;
      this.overlay =
          new Overlay(
              id,
              ProviderStore.Limits.defaults(),
              new SplittableRandom(id.hashCode()),
              this,
              nowNs);
    }

    @Override
    public Collection<PeerId> connectedPeers() {
      return links;
    }

    @Override
    public void send(PeerId to, Envelope envelope) {
      packets.add(new Packet(id, to, envelope));
    }

    @Override
    public ReachabilityHint ownHint() {
      return new ReachabilityHint(List.of(address(id)), "unknown");
    }

    @Override
    public void found(String topic, PeerId source, PeerId provider, ReachabilityHint hint) {
      found.add(new Found(topic, source, provider, hint));
    }

    /** Dials another node. */
    void dial(Node other) {
      links.add(other.id);
      other.links.add(id);
      overlay.dialable(other.id, address(other.id));
      overlay.joined(nowNs);
      other.overlay.joined(nowNs);
    }

    List<PeerId> foundProviders() {
      return found.stream().map(Found::provider).toList();
    }

    /** What it was sent of one type. */
    List<Envelope> received(EnvelopeType type) {
      return received.stream().filter(e -> e.type().equals(type.wireName())).toList();
    }
  }

  private final Map<PeerId, Node> nodes = new LinkedHashMap<>();
  private final Queue<Packet> packets = new ArrayDeque<>();
  long nowNs;

  Node add(int number) {
    Node node = new Node(peer(number));
    nodes.put(node.id, node);
    return node;
  }

  static PeerId peer(int number) {
    byte[] key = new byte[PeerId.BYTES];
    new SplittableRandom(number).nextBytes(key);
    return PeerId.of(key);
  }

  static String address(PeerId peer) {
    return "203.0.113.1:" + (1024 + (peer.hashCode() & 0x7fff));
  }

  /** Lets so many seconds pass. */
  void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nowNs += SECOND_NS;
      for (Node node : nodes.values()) {
        node.overlay.tick(node.topics, topic -> node.lonely, nowNs);
      }
      deliver();
    }
  }

  /** Delivers what is under way, and what follows from it. */
  void deliver() {
    for (Packet packet = packets.poll(); packet != null; packet = packets.poll()) {
      Node to = nodes.get(packet.to());
      if (to != null && to.links.contains(packet.from())) {
        to.received.add(packet.envelope());
        EnvelopeType type = EnvelopeType.of(packet.envelope().type());
        if (type != null && !to.silent) {
          to.overlay.receive(packet.from(), type, packet.envelope(), nowNs);
        }
      }
    }
  }
}
