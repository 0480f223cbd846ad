// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What mesh members owe us, and how long they are members: P1 and P3 of the score
 * (docs/wire/moss-gossip.md, "Scores"). A member owes a message when somebody else brought it and
 * we did neither forward it to the member nor say that we do not want it; that is rare, so the hot
 * path hardly ever comes here. Single-threaded.
 */
final class MeshDeliveries {
  private static final int MAX_OWED = 4096;
  private static final double NS_PER_S = 1e9;

  private record Owed(long high, long low, TopicLink link) {}

  private final EngineState engine;
  private final ScoreParams.MeshDelivery params;
  private final boolean sinceSession;
  private final long windowNs;
  private final long activationNs;
  private final double decay;

  /** Until when what is owed may come, the first due first. */
  private final Map<Owed, Long> owed = new LinkedHashMap<>();

  MeshDeliveries(EngineState engine) {
    this.engine = engine;
    this.params = engine.params.score().meshDelivery();
    this.sinceSession = engine.params.score().timeInMesh().sinceSession();
    this.windowNs = EngineState.millis(params.windowMs());
    this.activationNs = EngineState.millis(params.activationMs());
    this.decay = PeerScore.decay(params.halfLifeMs(), engine.meshParams.heartbeatMs());
  }

  /** Whether members owe even what we forward to them. */
  boolean evenForwarded() {
    return !params.excuseForwarded();
  }

  /** The message whose id is hashed came, and this member did not get it from us. */
  void expect(TopicLink link, long nowNs) {
    if (params.weight() == 0 || nowNs - link.meshSinceNs < activationNs || !link.peer.mayMesh()) {
      return;
    }
    if (owed.size() >= MAX_OWED) {
      Iterator<Owed> oldest = owed.keySet().iterator();
      oldest.next();
      oldest.remove();
      engine.counters.owedEvicted++;
    }
    owed.put(new Owed(engine.hasher.high, engine.hasher.low, link), nowNs + windowNs);
  }

  /** A copy of the message whose id is hashed came over this link. */
  void copyFrom(TopicLink link) {
    if (!owed.isEmpty()) {
      owed.remove(new Owed(engine.hasher.high, engine.hasher.low, link));
    }
  }

  /** Counts what did not come in time, and sets P1 and P3 of all peers. */
  void heartbeat(long nowNs) {
    countMissed(nowNs);
    for (PeerState peer : engine.peers.values()) {
      peer.tally.meshS = sinceSession ? (nowNs - peer.connectedNs) / NS_PER_S : 0;
      peer.tally.deficit = 0;
    }
    for (TopicState topic : engine.topics.values()) {
      for (int index = 0; index < topic.mesh.size(); index++) {
        rate(topic.mesh.get(index), nowNs);
      }
    }
  }

  int size() {
    return owed.size();
  }

  private void countMissed(long nowNs) {
    Iterator<Map.Entry<Owed, Long>> each = owed.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Owed, Long> entry = each.next();
      if (nowNs < entry.getValue()) {
        return;
      }
      TopicLink link = entry.getKey().link();
      if (link.inMesh) {
        link.missed = Math.min(params.cap(), link.missed + 1);
        engine.counters.deliveriesMissed++;
      }
      each.remove();
    }
  }

  private void rate(TopicLink link, long nowNs) {
    ScoreTally tally = link.peer.tally;
    tally.meshS = Math.max(tally.meshS, (nowNs - link.meshSinceNs) / NS_PER_S);
    tally.deficit += engine.scores.deficit(link);
    link.missed = PeerScore.fade(link.missed, decay);
  }
}
