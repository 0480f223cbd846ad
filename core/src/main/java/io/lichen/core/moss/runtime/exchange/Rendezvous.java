// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import io.lichen.core.moss.overlay.Overlay;
import io.lichen.core.moss.overlay.OverlayHost;
import io.lichen.core.moss.overlay.OverlayStats;
import io.lichen.core.moss.overlay.ProviderStore;
import io.lichen.core.moss.overlay.ReachabilityHint;
import io.lichen.core.moss.runtime.dial.FoundPeers;
import io.lichen.core.moss.runtime.inbound.InboundItem;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSub;
import io.lichen.nat.profile.AddressRank;
import io.lichen.transport.moss.Carrier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The overlay's place in a node: knows when a topic is lonely, says how this node can be reached,
 * and has those dialled who are said to be on a lonely topic (docs/wire/moss-overlay.md). The
 * node's loop only, but for {@link #stats}.
 */
public final class Rendezvous implements OverlayHost {
  /** How often it looks what is due. */
  public static final long TICK_NS = 1_000_000_000L;

  /**
   * What it works with.
   *
   * @param enabled whether this node takes part: era A has no overlay
   * @param enough peers on a topic with which it is not lonely
   */
  public record Parts(
      boolean enabled,
      PeerId self,
      PeerTable peers,
      GossipSub gossip,
      int enough,
      NodeCounters counters,
      RandomGenerator random) {}

  private final Parts parts;
  private final Overlay overlay;
  private Supplier<String> advertised = () -> "";
  private Supplier<String> natType = () -> "";
  private @Nullable FoundPeers foundPeers;
  private Set<PeerId> met = Set.of();
  private long nowNs;
  private volatile OverlayStats stats;

  public Rendezvous(Parts parts, long nowNs) {
    this.parts = parts;
    this.overlay =
        new Overlay(parts.self(), ProviderStore.Limits.defaults(), parts.random(), this, nowNs);
    this.stats = overlay.stats();
  }

  /** Sets where this node says it is and behind what, and who dials; before the start. */
  public void network(
      Supplier<String> advertisedAddress, Supplier<String> natTypeName, FoundPeers dialer) {
    this.advertised = advertisedAddress;
    this.natType = natTypeName;
    this.foundPeers = dialer;
  }

  /** A peer has sent an envelope of the overlay. */
  public void received(PeerLink from, InboundItem.Overlay item, long nowNs) {
    this.nowNs = nowNs;
    if (parts.enabled()) {
      overlay.receive(from.peer(), item.type(), item.envelope(), nowNs);
    } else {
      parts.counters().ignoredEnvelopes.increment();
    }
  }

  /** Does what is due. */
  public void tick(long nowNs) {
    this.nowNs = nowNs;
    if (parts.enabled()) {
      meetNewPeers();
      overlay.tick(parts.gossip().topics(), this::isLonely, nowNs);
      stats = overlay.stats();
    }
  }

  /** The overlay's counters as of the last second; any thread. */
  public OverlayStats stats() {
    return stats;
  }

  @Override
  public Collection<PeerId> connectedPeers() {
    return parts.peers().ids();
  }

  @Override
  public void send(PeerId to, Envelope envelope) {
    PeerLink link = parts.peers().get(to);
    if (link != null) {
      link.control(EnvelopeCodec.encode(envelope));
    }
  }

  @Override
  public ReachabilityHint ownHint() {
    List<String> attachments = new ArrayList<>();
    String own = advertised.get();
    if (AddressRank.of(own) == AddressRank.PUBLIC
        || parts.peers().all().stream().anyMatch(l -> !l.session().outbound())) {
      attachments.add(own);
    }
    for (PeerLink link : parts.peers().all()) {
      if (attachments.size() < ReachabilityHint.MAX_ATTACHMENTS && isDialable(link)) {
        attachments.add(link.address());
      }
    }
    return new ReachabilityHint(attachments, natType.get());
  }

  @Override
  public void found(String topic, PeerId source, PeerId provider, ReachabilityHint hint) {
    PeerLink from = parts.peers().get(source);
    FoundPeers dialer = foundPeers;
    if (from == null || dialer == null || parts.peers().contains(provider)) {
      return;
    }
    Set<String> known = new HashSet<>();
    known.add(advertised.get());
    parts.peers().all().forEach(link -> known.add(link.address()));
    hint.attachments().stream()
        .limit(ReachabilityHint.MAX_ATTACHMENTS)
        .filter(address -> !known.contains(address))
        .forEach(address -> dialer.offer(address, from.address(), nowNs));
  }

  private void meetNewPeers() {
    for (PeerLink link : parts.peers().all()) {
      if (!met.contains(link.peer())) {
        if (isDialable(link)) {
          overlay.dialable(link.peer(), link.address());
        }
        overlay.joined(nowNs);
      }
    }
    met = Set.copyOf(parts.peers().ids());
  }

  /**
   * Whether too few of those who are on a topic are in its mesh, and there is nobody left to take
   * in.
   */
  private boolean isLonely(String topic) {
    Set<PeerId> claimants = parts.gossip().claimants(topic);
    Set<PeerId> mesh = parts.gossip().mesh(topic);
    return claimants.size() < parts.enough() && mesh.containsAll(claimants);
  }

  /** This node has dialled it itself, so others can as well. */
  private static boolean isDialable(PeerLink link) {
    return link.session().outbound() && link.session().carrier() == Carrier.TCP;
  }
}
