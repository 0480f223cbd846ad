// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What IHAVE, IWANT and IDONTWANT of others do (docs/wire/moss-gossip.md, "Lazy gossip"). Below the
 * gossip threshold they have no effect but on the sender's score: who goes on spamming falls on.
 * Each looks at a bounded number of ids. Single-threaded.
 */
final class GossipExchange {
  private static final int MAX_ID_CHARS = 256;

  private final EngineState engine;
  private final IWantBook wanted;
  private final SilentMembers silentMembers;

  GossipExchange(EngineState engine, IWantBook wanted, SilentMembers silentMembers) {
    this.engine = engine;
    this.wanted = wanted;
    this.silentMembers = silentMembers;
  }

  void onIHave(PeerState peer, GossipMessage.IHave message, long nowNs) {
    engine.counters.iHavesReceived++;
    TopicState topic = engine.topics.get(message.topic());
    if (topic == null || !topic.subscribed) {
      return;
    }
    int budget = engine.gossip.maxIHaveIdsPerHeartbeat() - peer.iHaveIdsThisHeartbeat;
    int looked = lookedAt(message.messageIds(), budget);
    engine.counters.iHaveIdsOverLimit += message.messageIds().size() - looked;
    peer.iHaveIdsThisHeartbeat += looked;
    List<String> missing = new ArrayList<>();
    for (String id : message.messageIds().subList(0, looked)) {
      if (isId(id)) {
        engine.hasher.hash(id);
        if (engine.seen.contains(engine.hasher)) {
          continue;
        }
        if (!peer.mayGossip()) {
          wanted.noted(id, topic.name, peer, nowNs);
        } else if (wanted.offered(id, topic.name, peer, nowNs)) {
          missing.add(id);
        }
      }
    }
    wanted.ask(peer, topic.name, missing);
  }

  void onIWant(PeerState peer, GossipMessage.IWant message) {
    engine.counters.iWantsReceived++;
    int budget = engine.gossip.maxIWantIdsPerHeartbeat() - peer.iWantIdsThisHeartbeat;
    int looked = lookedAt(message.messageIds(), budget);
    int excess = message.messageIds().size() - looked;
    engine.counters.iWantIdsOverLimit += excess;
    peer.iWantExcess += excess;
    peer.iWantIdsThisHeartbeat += looked;
    TopicLink link = peer.links.get(message.topic());
    for (String id : new LinkedHashSet<>(message.messageIds().subList(0, looked))) {
      if (isId(id)) {
        engine.hasher.hash(id);
        if (link != null) {
          silentMembers.asked(link);
        }
        reply(peer);
      }
    }
  }

  void onDontWant(PeerState peer, GossipMessage.IDontWant message) {
    engine.counters.dontWantsReceived++;
    if (!peer.mayGossip()) {
      return;
    }
    int looked = lookedAt(message.messageIds(), Integer.MAX_VALUE);
    for (String id : message.messageIds().subList(0, looked)) {
      if (isId(id)) {
        engine.hasher.hash(id);
        peer.dontWant.add(engine.hasher);
      }
    }
  }

  /** Sends the message whose id is hashed. */
  private void reply(PeerState peer) {
    PublishedMessage message = engine.messages.get(engine.hasher);
    if (message == null) {
      return;
    }
    if (peer.dontWant.contains(engine.hasher)) {
      engine.counters.dontWantHonoured++;
    } else if (!peer.retransmissions.take(engine.hasher)) {
      engine.counters.iWantIdsOverLimit++;
      peer.iWantExcess++;
    } else if (engine.outbox.message(peer, message)) {
      engine.counters.iWantReplies++;
    }
  }

  private int lookedAt(List<String> ids, int budget) {
    int limit = Math.min(engine.gossip.maxIdsPerMessage(), Math.max(0, budget));
    return Math.min(ids.size(), limit);
  }

  private static boolean isId(String id) {
    return !id.isEmpty() && id.length() <= MAX_ID_CHARS;
  }
}
