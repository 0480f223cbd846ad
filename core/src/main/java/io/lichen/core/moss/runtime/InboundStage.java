// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.channel.DeliveryBacklog;
import io.lichen.core.moss.runtime.exchange.PeerExchange;
import io.lichen.core.moss.runtime.exchange.Rendezvous;
import io.lichen.core.moss.runtime.exchange.StatExchange;
import io.lichen.core.moss.runtime.inbound.InboundBatch;
import io.lichen.core.moss.runtime.inbound.InboundItem;
import io.lichen.core.moss.runtime.inbound.InboundQueue;
import io.lichen.core.moss.runtime.nat.NatParts;
import io.lichen.core.moss.runtime.peer.Membership;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.publish.FreshPeers;
import io.lichen.core.moss.runtime.publish.MeshHost;
import io.lichen.core.moss.runtime.publish.TargetBoard;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.FaultGuard;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSub;

/**
 * Takes what the sessions brought and gives it to the engine, item by item; stops while a
 * subscriber does not keep up. The node's loop only.
 */
final class InboundStage implements NodeLoop.Stage {
  /** Items in one turn, so that own publishes and timers get their turn. */
  private static final int MAX_ITEMS = 512;

  private final InboundQueue queue;
  private final DeliveryBacklog backlog;
  private final PeerTable peers;
  private final Membership membership;
  private final PeerExchange exchange;
  private final TargetBoard targets;
  private final GossipSub gossip;
  private final MeshHost host;
  private final FreshPeers freshPeers;
  private final FaultGuard faults;
  private final StatExchange statistics;
  private final Rendezvous rendezvous;
  private final NatParts nat;
  private int index;

  InboundStage(
      InboundQueue queue,
      DeliveryBacklog backlog,
      PeerTable peers,
      Membership membership,
      PeerExchange exchange,
      TargetBoard targets,
      GossipSub gossip,
      MeshHost host,
      FreshPeers freshPeers,
      FaultGuard faults,
      StatExchange statistics,
      Rendezvous rendezvous,
      NatParts nat) {
    this.queue = queue;
    this.backlog = backlog;
    this.peers = peers;
    this.membership = membership;
    this.exchange = exchange;
    this.targets = targets;
    this.gossip = gossip;
    this.host = host;
    this.freshPeers = freshPeers;
    this.faults = faults;
    this.statistics = statistics;
    this.rendezvous = rendezvous;
    this.nat = nat;
  }

  @Override
  public boolean run(long nowNs) {
    int left = MAX_ITEMS;
    InboundBatch batch = queue.peek();
    while (batch != null && left > 0 && !backlog.isBlocked()) {
      try {
        onItem(batch.link(), batch.get(index++), nowNs);
      } catch (RuntimeException e) {
        faults.report(e);
      }
      left--;
      if (index == batch.size()) {
        index = 0;
        queue.done();
        batch = queue.peek();
      }
    }
    host.deliverFilled();
    return left < MAX_ITEMS;
  }

  @Override
  public boolean hasWork() {
    return queue.hasWork() && !backlog.isBlocked();
  }

  private void onItem(PeerLink link, InboundItem item, long nowNs) {
    if (item instanceof InboundItem.Closed closed) {
      membership.closed(link, closed.reason(), nowNs);
      return;
    }
    PeerId peer = link.peer();
    if (!peers.contains(peer)) {
      return;
    }
    switch (item) {
      case InboundItem.Publish publish -> gossip.receive(peer, publish.message(), nowNs);
      case InboundItem.Control control -> {
        freshPeers.heard(link);
        gossip.receive(peer, control.message(), nowNs);
        targets.touch(control.message().topic());
      }
      case InboundItem.Invalid unused -> gossip.penalizeInvalid(peer);
      case InboundItem.Forged(String topic, String id) ->
          gossip.penalizeForged(peer, topic, id, nowNs);
      case InboundItem.Pong pong -> onPong(link, pong);
      case InboundItem.Announcement announcement -> {
        freshPeers.heard(link);
        if (gossip.hears(peer)) {
          exchange.received(link, announcement.envelope(), nowNs);
        }
      }
      case InboundItem.Overlay overlay -> {
        if (gossip.hears(peer)) {
          rendezvous.received(link, overlay, nowNs);
        }
      }
      case InboundItem.NatControl(EnvelopeType type, Envelope envelope) -> {
        if (gossip.hears(peer)) {
          nat.received(link, type, envelope, nowNs);
        }
      }
      case InboundItem.Statistics stats -> statistics.received(link, stats);
      case InboundItem.Closed unused -> throw new AssertionError("handled above");
    }
  }

  private void onPong(PeerLink link, InboundItem.Pong pong) {
    if (link.liveness().onPong(pong.requestId(), pong.receivedNs())) {
      membership.alive(link);
    } else {
      Envelope envelope = Envelope.of(EnvelopeType.PONG).requestId(pong.requestId()).build();
      nat.received(link, EnvelopeType.PONG, envelope, pong.receivedNs());
    }
  }
}
