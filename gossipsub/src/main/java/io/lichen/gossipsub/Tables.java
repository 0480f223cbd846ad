// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected, who says to be on which topic, and who is in which mesh; keeps the lists of
 * peers and of topics consistent with each other. Mesh members are always claimants. Decides
 * nothing and sends nothing.
 */
final class Tables {
  private final EngineState engine;

  /** By address group; one for each group of a connected peer. */
  private final Map<String, Place> places = new HashMap<>();

  Tables(EngineState engine) {
    this.engine = engine;
  }

  /** Makes links to all topics that we are on. */
  void connect(PeerState peer, @Nullable String addressGroup) {
    engine.peers.put(peer.id, peer);
    if (addressGroup != null) {
      Place place = places.computeIfAbsent(addressGroup, Place::new);
      place.peers++;
      peer.place = place;
    }
    engine.directPeers += peer.direct ? 1 : 0;
    for (TopicState topic : engine.topics.values()) {
      if (topic.subscribed) {
        newLink(peer, topic);
      }
    }
  }

  void disconnect(PeerState peer) {
    peer.connected = false;
    engine.peers.remove(peer.id);
    leavePlace(peer);
    engine.directPeers -= peer.direct ? 1 : 0;
    for (TopicLink link : peer.links.values()) {
      leaveMesh(link);
      link.topic.claimants.remove(link);
      link.topic.links.remove(link);
      forgetIfUnused(link.topic);
    }
    peer.links.clear();
  }

  TopicState subscribe(String name) {
    TopicState topic = engine.topics.computeIfAbsent(name, TopicState::new);
    topic.subscribed = true;
    for (PeerState peer : engine.peers.values()) {
      if (!peer.links.containsKey(name)) {
        newLink(peer, topic);
      }
    }
    return topic;
  }

  /** Empties the mesh and drops the links to peers that are not on the topic. */
  void unsubscribe(TopicState topic) {
    topic.subscribed = false;
    topic.validator = null;
    while (!topic.mesh.isEmpty()) {
      leaveMesh(topic.mesh.getLast());
    }
    for (Iterator<TopicLink> each = topic.links.iterator(); each.hasNext(); ) {
      TopicLink link = each.next();
      if (!link.claimed) {
        each.remove();
        link.peer.links.remove(topic.name);
      }
    }
    forgetIfUnused(topic);
  }

  @Nullable TopicLink link(PeerState peer, String topic) {
    return peer.links.get(topic);
  }

  /**
   * Notes that the peer is on the topic. When it is on too many, one that we are on too pushes out
   * the stalest, foreign ones first; another one only a foreign one not repeated since {@code
   * staleNs}: who is really on more topics keeps the first, and is not on each for a moment.
   *
   * @return null if there is no room
   */
  @Nullable TopicLink claim(PeerState peer, String name, long staleNs) {
    TopicLink link = peer.links.get(name);
    if (link != null && link.claimed) {
      peer.links.putLast(name, link);
      return link;
    }
    if (peer.claims >= engine.caches.maxClaimsPerPeer() && !evictClaim(peer, link, staleNs)) {
      engine.counters.claimsRefused++;
      return null;
    }
    if (link == null) {
      link = newLink(peer, engine.topics.computeIfAbsent(name, TopicState::new));
    } else {
      peer.links.putLast(name, link);
    }
    link.claimed = true;
    link.topic.claimants.add(link);
    peer.claims++;
    return link;
  }

  void unclaim(TopicLink link) {
    leaveMesh(link);
    setDoubtful(link, false);
    link.claimed = false;
    link.claimGapNs = 0;
    link.steadyClaim = false;
    link.peer.claims--;
    link.topic.claimants.remove(link);
    if (!link.topic.subscribed) {
      link.topic.links.remove(link);
      link.peer.links.remove(link.topic.name);
      forgetIfUnused(link.topic);
    }
  }

  void setDoubtful(TopicLink link, boolean doubtful) {
    if (link.doubtful != doubtful) {
      link.doubtful = doubtful;
      link.peer.doubtfulClaims += doubtful ? 1 : -1;
    }
  }

  void joinMesh(TopicLink link, long nowNs) {
    link.inMesh = true;
    link.meshSinceNs = nowNs;
    link.broughtAt = link.topic.accepted;
    link.topic.mesh.add(link);
  }

  void leaveMesh(TopicLink link) {
    if (link.inMesh) {
      link.inMesh = false;
      link.test = null;
      link.topic.mesh.remove(link);
      engine.scores.leftMesh(link);
    }
  }

  private void leavePlace(PeerState peer) {
    Place place = peer.place;
    if (place != null && --place.peers == 0) {
      places.remove(place.group);
    }
    peer.place = null;
  }

  private TopicLink newLink(PeerState peer, TopicState topic) {
    TopicLink link = new TopicLink(peer, topic);
    link.gossipCursor = engine.messages.next();
    peer.links.put(topic.name, link);
    topic.links.add(link);
    return link;
  }

  /** Makes room for a claim on a topic; its link is there already if we are on the topic. */
  private boolean evictClaim(PeerState peer, @Nullable TopicLink ours, long staleNs) {
    TopicLink victim = stalestClaim(peer);
    if (victim == null
        || (ours == null && (victim.topic.subscribed || victim.claimedAtNs > staleNs))) {
      return false;
    }
    unclaim(victim);
    engine.counters.claimsEvicted++;
    return true;
  }

  /** Of the claims on topics that we are not on, if there are such. */
  private static @Nullable TopicLink stalestClaim(PeerState peer) {
    TopicLink stalest = null;
    for (TopicLink link : peer.links.values()) {
      if (link.claimed && !link.topic.subscribed) {
        return link;
      }
      stalest = stalest == null && link.claimed ? link : stalest;
    }
    return stalest;
  }

  private void forgetIfUnused(TopicState topic) {
    if (!topic.subscribed && topic.links.isEmpty()) {
      engine.topics.remove(topic.name);
    }
  }
}
