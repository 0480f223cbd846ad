// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.redex.replica.BandwidthClass;
import io.lichen.redex.replica.ReplicaMetrics;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationMetrics;
import io.lichen.redex.replica.engine.BandwidthBudget;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** The budget, the metrics, and which configurations are refused. */
final class ReplicationFiguresCheck implements VectorCheck {
  private static final long NS_PER_MS = 1_000_000;

  @Override
  public ObjectNode answer(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode answer = Trees.object();
    ArrayNode budgets = answer.putArray("budget");
    in.path("budget").forEach(one -> budgets.add(steps(one)));
    ArrayNode configs = answer.putArray("config_validation");
    in.path("config_validation").forEach(one -> configs.add(validate(Trees.text(one, "config"))));
    answer.set("metrics", metrics());
    return answer;
  }

  private static ObjectNode steps(JsonNode in) {
    double capacity = in.path("nic_peak_bps").asDouble() * in.path("fraction").asDouble();
    BandwidthBudget budget =
        new BandwidthBudget(capacity, in.path("background_fraction").asDouble(), 0);
    ObjectNode tree = Trees.object().put("capacity", (long) capacity);
    ArrayNode steps = tree.putArray("steps");
    for (JsonNode step : in.path("steps")) {
      long nowNs = step.path("at_ms").asLong() * NS_PER_MS;
      long bytes = step.path("bytes").asLong();
      String call = Trees.text(step, "call");
      ObjectNode result = steps.addObject();
      if (call.equals("refund")) {
        budget.refund(bytes, nowNs);
        result.putNull("admitted");
      } else {
        BandwidthClass of = BandwidthClass.valueOf(call.toUpperCase(Locale.ROOT));
        result.put("admitted", budget.admit(of, bytes, nowNs));
      }
      result.put("available_after", budget.available());
    }
    return tree;
  }

  private static ObjectNode validate(String text) {
    ReplicationConfig config = config(text);
    return Trees.object()
        .put("effective_factor", config.effectiveFactor())
        .put("result", config.fault().map(SyncTrees::name).orElse("ok"));
  }

  private static ReplicationConfig config(String text) {
    ReplicationConfig config = ReplicationConfig.defaults();
    for (String setting : text.split(", ", -1)) {
      String value = setting.substring(setting.indexOf('=') + 1);
      config =
          switch (setting.substring(0, Math.max(0, setting.indexOf('=')))) {
            case "factor" -> config.withFactor(Integer.parseInt(value));
            case "heartbeat_ms" -> config.withHeartbeatMs(Long.parseLong(value));
            case "budget" -> budgets(config, Float.parseFloat(value), config.backgroundFraction());
            case "background_fraction" -> budgets(config, 0.5f, Float.parseFloat(value));
            case "pinned" -> config.withPinnedNodes(nodes(value));
            case "leader_pinned" -> config.withLeaderPinned(Long.valueOf(value));
            default -> known(config, setting);
          };
    }
    return config;
  }

  private static ReplicationConfig budgets(ReplicationConfig config, float share, float spare) {
    return config.withBudget(share, BandwidthClass.FOREGROUND, spare);
  }

  private static ReplicationConfig known(ReplicationConfig config, String setting) {
    if (!setting.equals("defaults") && !setting.equals("standard")) {
      throw new IllegalArgumentException("unknown setting " + setting);
    }
    return config;
  }

  private static List<Long> nodes(String value) {
    if (value.endsWith(" nodes")) {
      int count = Integer.parseInt(value.substring(0, value.indexOf(' ')));
      return LongStream.rangeClosed(1, count).boxed().toList();
    }
    String list = value.substring(1, value.length() - 1);
    return list.isEmpty()
        ? List.of()
        : List.of(list.split(",", -1)).stream().map(Long::valueOf).toList();
  }

  private static ObjectNode metrics() {
    ReplicationMetrics all = new ReplicationMetrics();
    ObjectNode tree =
        Trees.object().put("empty_registry_line_count", all.prometheusText().lines().count());
    ReplicaMetrics two = all.of("b/two");
    two.leaderLag(1_500 * NS_PER_MS);
    two.syncBytes(1234);
    two.leaderChanged();
    two.skippedAhead();
    two.electionThrash();
    two.underCapacity();
    ReplicaMetrics one = all.of("a/one");
    one.replicaLag(1_000);
    one.leaderLag(0);
    one.announcementStayed();
    one.witnessWithdrew();
    ReplicaMetrics unused = all.of("c-idle");
    ArrayNode helps = tree.putArray("help_line_order");
    ArrayNode lines = tree.putArray("lines_without_help");
    for (String line : all.prometheusText().lines().toList()) {
      if (line.startsWith("# HELP ")) {
        helps.add(line.split(" ", -1)[2]);
      } else {
        lines.add(line);
      }
    }
    return tree;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode expected = Trees.object();
    ArrayNode budgets = expected.putArray("budget");
    for (JsonNode budget : in.path("budget")) {
      ObjectNode one = budgets.addObject();
      one.set("capacity", budget.path("capacity"));
      ArrayNode steps = one.putArray("steps");
      budget
          .path("steps")
          .forEach(step -> steps.add(Trees.members(step, "admitted", "available_after")));
    }
    ArrayNode configs = expected.putArray("config_validation");
    in.path("config_validation")
        .forEach(one -> configs.add(Trees.members(one, "effective_factor", "result")));
    expected.set(
        "metrics",
        Trees.members(
            in.path("metrics"),
            "empty_registry_line_count",
            "help_line_order",
            "lines_without_help"));
    return expected;
  }
}
