// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What IHAVE, IWANT and IDONTWANT of others do (docs/wire/moss-gossip.md, "Lazy gossip"). All are
 * ignored below the gossip threshold, and each looks at a bounded number of ids. Single-threaded.
 */
final class GossipExchange {
  private static final int MAX_ID_CHARS = 256;

  private final EngineState engine;
  private final IWantBook wanted;

  GossipExchange(EngineState engine, IWantBook wanted) {
    this.engine = engine;
    this.wanted = wanted;
  }

  void onIHave(PeerState peer, GossipMessage.IHave message, long nowNs) {
    engine.counters.iHavesReceived++;
    TopicState topic = engine.topics.get(message.topic());
    if (!peer.mayGossip() || topic == null || !topic.subscribed) {
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
        if (!engine.seen.contains(engine.hasher) && wanted.offered(id, topic.name, peer, nowNs)) {
          missing.add(id);
        }
      }
    }
    wanted.ask(peer, topic.name, missing);
  }

  void onIWant(PeerState peer, GossipMessage.IWant message) {
    engine.counters.iWantsReceived++;
    if (!peer.mayGossip()) {
      return;
    }
    int budget = engine.gossip.maxIWantIdsPerHeartbeat() - peer.iWantIdsThisHeartbeat;
    int looked = lookedAt(message.messageIds(), budget);
    int excess = message.messageIds().size() - looked;
    engine.counters.iWantIdsOverLimit += excess;
    peer.iWantExcess += excess;
    peer.iWantIdsThisHeartbeat += looked;
    for (String id : new LinkedHashSet<>(message.messageIds().subList(0, looked))) {
      if (isId(id)) {
        reply(peer, id);
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

  private void reply(PeerState peer, String id) {
    engine.hasher.hash(id);
    PublishedMessage message = engine.messages.get(engine.hasher);
    if (message == null) {
      return;
    }
    if (peer.dontWant.contains(engine.hasher)) {
      engine.counters.dontWantHonoured++;
    } else if (!peer.retransmissions.take(id)) {
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
