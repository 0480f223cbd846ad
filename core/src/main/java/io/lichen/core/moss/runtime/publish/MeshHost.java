// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.DeliveryQueue;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.wire.GossipEnvelopes;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.GossipSubHost;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.transport.moss.SendResult;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the engine asks for, done with sessions and delivery queues. The node's loop only. */
public final class MeshHost implements GossipSubHost {
  private final PeerTable peers;
  private final Map<String, ChannelRoute> subscribed = new HashMap<>();
  private final Set<DeliveryQueue> filled = new LinkedHashSet<>();
  private final ApplicationScores scores;
  private final PublishTrackers trackers;

  public MeshHost(PeerTable peers, ApplicationScores scores, PublishTrackers trackers) {
    this.peers = peers;
    this.scores = scores;
    this.trackers = trackers;
  }

  /** Messages of this topic go to the application from now on. */
  void subscribe(ChannelRoute route) {
    subscribed.put(route.topic(), route);
  }

  /** They no longer do; answers whether they did. */
  boolean unsubscribe(ChannelRoute route) {
    return subscribed.remove(route.topic(), route);
  }

  /** Begins to deliver what has been added since this was last called. */
  public void deliverFilled() {
    if (!filled.isEmpty()) {
      filled.forEach(DeliveryQueue::deliver);
      filled.clear();
    }
  }

  @Override
  public void send(PeerId to, GossipMessage message) {
    PeerLink link = peers.get(to);
    if (link != null) {
      link.control(GossipEnvelopes.encode(message));
    }
  }

  @Override
  public boolean send(PeerId to, PublishedMessage message) {
    PeerLink link = peers.get(to);
    if (link == null) {
      return false;
    }
    SendResult result = link.publish(message.encoded());
    trackers.sent(link, result);
    return result == SendResult.QUEUED;
  }

  @Override
  public void deliver(PublishedMessage message, PeerId from) {
    ChannelRoute route = subscribed.get(message.topic());
    if (route != null) {
      route.deliveries().add(message);
      filled.add(route.deliveries());
    }
  }

  @Override
  public double score(PeerId peer, double base) {
    return scores.score(peer, base);
  }
}
