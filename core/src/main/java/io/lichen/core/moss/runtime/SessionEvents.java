// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.dial.Redialer;
import io.lichen.core.moss.runtime.exchange.PeerExchange;
import io.lichen.core.moss.runtime.inbound.SessionInbound;
import io.lichen.core.moss.runtime.nat.NatParts;
import io.lichen.core.moss.runtime.peer.Membership;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.publish.FreshPeers;
import io.lichen.core.moss.runtime.publish.TargetBoard;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.EventQueue;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.AddressGroup;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.PeerTraits;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.MossSession;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What follows when a peer joins or leaves: starts its session, introduces this node to it, tells
 * the engine, the redialer and the application. The node's loop only.
 */
final class SessionEvents implements Membership.Observer {
  /** A peer that was shed for being slow is not dialled again at once. */
  private static final long SHED_HOLD_OFF_NS = 10_000_000_000L;

  /** What it speaks to. */
  record Parts(
      GossipSub gossip,
      TargetBoard targets,
      EventQueue<MossEvent> events,
      KnownPeers known,
      PeerExchange exchange,
      Redialer redialer,
      FreshPeers freshPeers,
      NodeCounters counters,
      NatParts nat,
      Set<PeerId> directPeers,
      Function<PeerLink, SessionInbound> doors) {}

  private final Parts parts;

  SessionEvents(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    boolean dialable = link.session().outbound() || link.session().carrier() == Carrier.UDP;
    parts.known().met(link.peer(), link.session().remoteStatic(), dialable ? link.address() : null);
    parts.counters().sessionsRegistered.increment();
    link.session().start(parts.doors().apply(link));
    parts.exchange().introduce(link, nowNs);
    parts.gossip().addPeer(link.peer(), traits(link.session()), nowNs);
    parts.targets().touchAll();
    parts.freshPeers().joined(link);
    parts.nat().joined(link, replaced, nowNs);
    if (!replaced) {
      parts.events().add(event(MossEvent.Type.PEER_JOINED, link));
    }
  }

  @Override
  public void left(PeerLink link, CloseReason reason, boolean replaced, long nowNs) {
    parts.freshPeers().left(link);
    parts.nat().left(link, replaced, nowNs);
    parts.gossip().removePeer(link.peer());
    parts.known().left(link.peer());
    parts.targets().touchAll();
    if (!replaced) {
      long holdOffNs = reason == CloseReason.SLOW ? SHED_HOLD_OFF_NS : 0;
      long livedNs = nowNs - link.registeredNs();
      parts.redialer().lost(link.peer(), livedNs, holdOffNs, nowNs);
      boolean relayed = link.session().isRelayed();
      parts.known().lost(link.peer(), relayed, livedNs, holdOffNs, nowNs);
      parts.events().add(event(MossEvent.Type.PEER_LEFT, link));
    }
  }

  private PeerTraits traits(MossSession session) {
    InetAddress address = session.remoteAddress().getAddress();
    return new PeerTraits(
        session.outbound(),
        parts.directPeers().contains(session.remoteId()),
        address == null ? null : AddressGroup.of(address));
  }

  private static MossEvent event(MossEvent.Type type, PeerLink link) {
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("addr", link.address());
    detail.put("peer", link.peer().hex());
    return new MossEvent(type, detail);
  }
}
