// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.redex.replica.engine.Election;
import io.lichen.redex.replica.engine.Heartbeats;
import io.lichen.redex.replica.engine.TickPlan;
import io.lichen.redex.replica.engine.Transitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Elections, changes of roles, and what is due with a heartbeat. */
final class DecisionsCheck implements VectorCheck {
  private static final long NS_PER_MS = 1_000_000;

  /** Upstream asks for as much, though no packet carries it; Lichen asks for what one does. */
  private static final int CHUNK_MAX = 262_144;

  @Override
  public ObjectNode answer(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode answer = Trees.object();
    ArrayNode elections = answer.putArray("election");
    in.path("election").forEach(one -> elections.addObject().set("outcome", elect(one)));
    ArrayNode changes = answer.putArray("state_machine");
    in.path("state_machine").forEach(one -> changes.add(change(one)));
    ArrayNode ticks = answer.putArray("ticks");
    in.path("ticks").forEach(one -> ticks.add(tick(one)));
    return answer;
  }

  private static List<Long> nodes(JsonNode list) {
    List<Long> nodes = new ArrayList<>();
    list.forEach(node -> nodes.add(node.asLong()));
    return nodes;
  }

  private static JsonNode elect(JsonNode in) {
    long self = in.path("self").asLong();
    Map<Long, OptionalLong> rtts = new HashMap<>();
    in.path("rtt_ms")
        .forEach(
            one -> rtts.put(one.path("node").asLong(), OptionalLong.of(one.path("ms").asLong())));
    List<Long> healthy = nodes(in.path("healthy"));
    List<Long> members = new ArrayList<>(nodes(in.path("replica_set")));
    if (!healthy.contains(self)) {
      // These rows leave this node out, which a member never does.
      members.remove(self);
    }
    OptionalLong winner =
        Election.winner(
            self, members, healthy, node -> rtts.getOrDefault(node, OptionalLong.empty()));
    if (winner.isEmpty()) {
      return Trees.object().textNode("NoEligibleReplica");
    }
    return winner.getAsLong() == self
        ? Trees.object().textNode("SelfWins")
        : Trees.object().put("PeerWins", winner.getAsLong());
  }

  private static String change(JsonNode row) {
    String signal =
        row.path(2).asText().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    Transitions.Verdict verdict =
        Transitions.check(role(row.path(0)), role(row.path(1)), RoleSignal.valueOf(signal));
    return verdict == Transitions.Verdict.OK ? "ok" : SyncTrees.name(verdict);
  }

  private static ReplicaRole role(JsonNode name) {
    return ReplicaRole.valueOf(name.asText().toUpperCase(Locale.ROOT));
  }

  private static ObjectNode tick(JsonNode in) {
    Heartbeats heartbeats = new Heartbeats(in.path("heartbeat_ms").asLong() * NS_PER_MS);
    for (JsonNode one : in.path("heartbeats")) {
      heartbeats.heard(
          one.path("from").asLong(),
          role(one.path("role")),
          one.path("tail_seq").asLong(),
          one.path("at_ms").asLong() * NS_PER_MS);
    }
    long nowNs = in.path("now_ms").asLong() * NS_PER_MS;
    long tail = in.path("tail_seq").asLong();
    TickPlan plan =
        TickPlan.of(
            role(in.path("role")),
            in.path("self").asLong(),
            nodes(in.path("replica_set")),
            tail,
            heartbeats,
            nowNs);
    ObjectNode tree = Trees.object();
    heartbeats
        .leader()
        .ifPresentOrElse(
            leader -> tree.put("believed_leader", leader), () -> tree.putNull("believed_leader"));
    ArrayNode healthy = tree.putArray("healthy_peers");
    heartbeats.healthy(nowNs).stream().sorted().forEach(healthy::add);
    tree.put("leader_silent", heartbeats.isLeaderSilent(nowNs));
    tree.set("outbound", outbound(in, plan, tail));
    if (plan.missesLeader()) {
      tree.putArray("transition").add("Candidate").add("MissedHeartbeats");
    } else {
      tree.putNull("transition");
    }
    return tree;
  }

  private static ArrayNode outbound(JsonNode in, TickPlan plan, long tail) {
    ArrayNode outbound = Trees.object().putArray("outbound");
    for (long target : plan.heartbeatTo()) {
      outbound
          .addObject()
          .putObject("Heartbeat")
          .put("role", in.path("role").asText())
          .put("tail_seq", tail)
          .put("target", target);
    }
    plan.requestFrom()
        .ifPresent(
            leader ->
                outbound
                    .addObject()
                    .putObject("SyncRequest")
                    .put("chunk_max", CHUNK_MAX)
                    .put("since_seq", tail)
                    .put("target", leader));
    return outbound;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode expected = Trees.object();
    ArrayNode elections = expected.putArray("election");
    in.path("election").forEach(one -> elections.add(Trees.members(one, "outcome")));
    ArrayNode changes = expected.putArray("state_machine");
    in.path("state_machine").forEach(one -> changes.add(one.path(3)));
    ArrayNode ticks = expected.putArray("ticks");
    in.path("ticks")
        .forEach(
            one ->
                ticks.add(
                    Trees.members(
                        one,
                        "believed_leader",
                        "healthy_peers",
                        "leader_silent",
                        "outbound",
                        "transition")));
    return expected;
  }
}
