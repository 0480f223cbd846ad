// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PeerTraits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of one peer, and an engine that lives through it again whenever it is asked for its
 * opinion: recorded histories set the clock back.
 */
final class ScoredPeer {
  private static final PeerId PEER = ScoreChecks.id(1);
  private static final PeerId OTHER = ScoreChecks.id(2);
  private static final int FIRST_NEIGHBOUR = 10;
  private static final long SECOND_NS = 1_000_000_000L;

  private int firstDeliveries;
  private int invalid;
  private int deficits;
  private int atItsAddress = 1;
  private int connectedS;
  private int messages;
  private long nowNs;

  void apply(JsonNode step) {
    switch (text(step, "op")) {
      case "ensure" -> {}
      case "first_delivery" -> firstDeliveries++;
      case "invalid" -> invalid++;
      case "mesh_deficit" -> deficits++;
      case "colocation" -> atItsAddress = step.path("count").intValue();
      case "tick" -> connectedS = step.path("connected_for_seconds").intValue();
      default -> throw new IllegalArgumentException("unknown step " + step);
    }
  }

  double score() {
    return relive().gossip.score(PEER);
  }

  /** What follows from the score, found out by doing it. */
  ObjectNode relations() {
    PolicyEngine engine = relive();
    engine.sent.clear();
    engine.delivered.clear();
    ObjectNode relations = Trees.object();
    relations.put("can_gossip", isAskedFor(engine, nowNs));
    relations.put("below_publish", !isHeard(engine, nowNs));
    relations.put("graylisted", engine.gossip.isGraylisted(PEER));
    engine.gossip.receive(PEER, new GossipMessage.Prune(PolicyEngine.TOPIC), nowNs);
    engine.gossip.receive(PEER, new GossipMessage.Graft(PolicyEngine.TOPIC), nowNs);
    relations.put("below_baseline", !engine.gossip.mesh(PolicyEngine.TOPIC).contains(PEER));
    return relations;
  }

  private static boolean isAskedFor(PolicyEngine engine, long nowNs) {
    engine.gossip.receive(
        PEER, new GossipMessage.IHave(PolicyEngine.TOPIC, List.of("never seen")), nowNs);
    return engine.sent.stream().anyMatch(s -> s.message() instanceof GossipMessage.IWant);
  }

  private static boolean isHeard(PolicyEngine engine, long nowNs) {
    engine.gossip.receive(PEER, PolicyEngine.message(0), nowNs);
    return !engine.delivered.isEmpty();
  }

  private PolicyEngine relive() {
    PolicyEngine engine = new PolicyEngine();
    nowNs = 0;
    messages = 0;
    engine.gossip.subscribe(PolicyEngine.TOPIC, nowNs);
    join(engine, PEER, atItsAddress > 1 ? "its address" : null);
    join(engine, OTHER, null);
    for (int neighbour = 1; neighbour < atItsAddress; neighbour++) {
      engine.gossip.addPeer(
          ScoreChecks.id(FIRST_NEIGHBOUR + neighbour),
          new PeerTraits(false, false, "its address"),
          nowNs);
    }
    bring(engine, OTHER, deficits);
    bring(engine, PEER, firstDeliveries);
    nowNs += PolicyEngine.HEARTBEAT_NS;
    engine.gossip.heartbeat(nowNs);
    if (connectedS > 0) {
      nowNs = connectedS * SECOND_NS;
      engine.gossip.heartbeat(nowNs);
    }
    for (int time = 0; time < invalid; time++) {
      engine.gossip.penalizeInvalid(PEER);
    }
    return engine;
  }

  private void join(PolicyEngine engine, PeerId peer, @Nullable String place) {
    engine.gossip.addPeer(peer, new PeerTraits(false, false, place), nowNs);
    engine.gossip.receive(peer, new GossipMessage.Graft(PolicyEngine.TOPIC), nowNs);
  }

  private void bring(PolicyEngine engine, PeerId from, int count) {
    for (int number = 0; number < count; number++) {
      engine.gossip.receive(from, PolicyEngine.message(++messages), nowNs);
    }
  }
}
