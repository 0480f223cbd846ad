// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.Blake2s;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Offers recent messages by IHAVE to peers that they may not have reached: those on a topic outside
 * the mesh, each in turn, and mesh members when there are few others (docs/wire/moss-gossip.md,
 * "Lazy gossip"). Single-threaded.
 */
final class LazyGossip {
  private final EngineState engine;
  private final GossipParams params;
  private final int dLazy;

  LazyGossip(EngineState engine) {
    this.engine = engine;
    this.params = engine.gossip;
    this.dLazy = engine.meshParams.dLazy();
  }

  /** The last few messages of the topic, which a new mesh member, say, may have missed. */
  void offerRecent(TopicLink link) {
    MessageCache messages = engine.messages;
    List<String> newestFirst = new ArrayList<>();
    for (long at = messages.next() - 1;
        at >= messages.first() && newestFirst.size() < dLazy;
        at--) {
      PublishedMessage message = messages.at(at);
      if (message.topic().equals(link.topic.name) && !messages.isFrom(at, link.peer)) {
        newestFirst.add(message.messageId());
      }
    }
    if (!newestFirst.isEmpty()) {
      engine.outbox.iHave(link.peer, link.topic.name, List.copyOf(newestFirst));
    }
  }

  /** Offers at once a message that these peers were meant to get and whose session refused it. */
  void offer(PublishedMessage message, TopicLink link) {
    engine.outbox.iHave(link.peer, message.topic(), List.of(message.messageId()));
  }

  /** Offers a forwarded message to some peers outside the mesh, while such offers are few. */
  void offerForwarded(TopicState topic, PeerState from, PublishedMessage message) {
    int claimants = topic.claimants.size();
    if (claimants == topic.mesh.size() || topic.offersAtOnce >= params.offersAtOnce()) {
      return;
    }
    topic.offersAtOnce++;
    if (params.hashedOrder()) {
      List<TopicLink> others = new ArrayList<>(topic.claimants);
      others.removeIf(link -> link.inMesh || link.peer == from || !link.peer.mayGossip());
      firstByHash(others, dLazy, engine.tick).forEach(link -> offer(message, link));
      return;
    }
    int left = dLazy;
    for (int step = 0; step < claimants && left > 0; step++) {
      topic.nextOffer = (topic.nextOffer + 1) % claimants;
      TopicLink link = topic.claimants.get(topic.nextOffer);
      if (!link.inMesh && link.peer != from && !link.peer.isPublisherOf(message)) {
        offer(message, link);
        left--;
      }
    }
  }

  /** One round over all topics with recent messages. */
  void heartbeat(long nowNs) {
    collectRecent();
    long windowStart = windowStart(nowNs);
    for (TopicState topic : engine.topics.values()) {
      topic.offersAtOnce = 0;
      if (topic.recentCount > 0) {
        for (TopicLink link : targets(topic)) {
          if (params.hashedOrder()) {
            offerRecent(link);
          } else {
            tell(link, windowStart);
          }
        }
        topic.recentCount = 0;
      }
    }
  }

  private void collectRecent() {
    MessageCache messages = engine.messages;
    for (long at = messages.first(); at < messages.next(); at++) {
      TopicState topic = engine.topics.get(messages.at(at).topic());
      if (topic != null) {
        if (topic.recentCount == topic.recent.length) {
          topic.recent = Arrays.copyOf(topic.recent, 2 * topic.recentCount);
        }
        topic.recent[topic.recentCount++] = at;
      }
    }
  }

  private long windowStart(long nowNs) {
    MessageCache messages = engine.messages;
    long oldestNs = nowNs - params.historyHeartbeats() * engine.heartbeatNs();
    long at = messages.next();
    while (at > messages.first() && messages.addedNs(at - 1) >= oldestNs) {
      at--;
    }
    return at;
  }

  /** Those told longest ago first, so that each gets its turn; outside the mesh before inside. */
  private List<TopicLink> targets(TopicState topic) {
    List<TopicLink> outside = new ArrayList<>();
    for (TopicLink link : topic.claimants) {
      if (!link.inMesh && link.peer.mayGossip()) {
        outside.add(link);
      }
    }
    int share = (int) Math.ceil(params.gossipFactor() * outside.size());
    List<TopicLink> chosen = longestUntold(outside, Math.max(dLazy, share));
    if (params.gossipToMesh() && chosen.size() < dLazy) {
      chosen.addAll(longestUntold(new ArrayList<>(topic.mesh), dLazy - chosen.size()));
    }
    return chosen;
  }

  private List<TopicLink> longestUntold(List<TopicLink> links, int count) {
    if (params.hashedOrder()) {
      // Natives count heartbeats from 0, and count one when it is over.
      return firstByHash(links, count, engine.tick - 1);
    }
    if (links.size() > count) {
      Collections.shuffle(links, engine.shuffler);
      links.sort(Comparator.comparingLong(link -> link.lastGossipTick));
      return new ArrayList<>(links.subList(0, count));
    }
    return links;
  }

  private static List<TopicLink> firstByHash(List<TopicLink> links, int count, long heartbeat) {
    links.sort(
        Comparator.comparing((TopicLink link) -> hash(link, heartbeat), Arrays::compareUnsigned));
    return new ArrayList<>(links.subList(0, Math.min(count, links.size())));
  }

  private static byte[] hash(TopicLink link, long heartbeat) {
    String text = link.topic.name + link.peer.id.hex() + heartbeat;
    return Blake2s.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private void tell(TopicLink link, long windowStart) {
    TopicState topic = link.topic;
    long from = Math.min(windowStart, link.gossipCursor);
    List<String> ids = new ArrayList<>();
    int index = 0;
    for (; index < topic.recentCount && ids.size() < params.maxIHaveIdsSent(); index++) {
      long at = topic.recent[index];
      if (at >= from && !engine.messages.isFrom(at, link.peer)) {
        ids.add(engine.messages.at(at).messageId());
      }
    }
    link.lastGossipTick = engine.tick;
    link.gossipCursor = index < topic.recentCount ? topic.recent[index] : engine.messages.next();
    for (int start = 0; start < ids.size(); start += params.maxIdsPerMessage()) {
      int end = Math.min(ids.size(), start + params.maxIdsPerMessage());
      engine.outbox.iHave(link.peer, topic.name, List.copyOf(ids.subList(start, end)));
    }
  }
}
