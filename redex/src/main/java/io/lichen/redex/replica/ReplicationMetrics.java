// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The metrics of all replicated logs of a node, under upstream's names. Thread-safe. */
public final class ReplicationMetrics {
  /** More logs share one name. */
  public static final int MAX_LOGS = 1024;

  /** The name that the others share. */
  public static final String OVERFLOW = "__overflow__";

  private static final int NS_DIGITS = 9;
  private static final int SHOWN_DIGITS = 6;
  private static final String LAG = "dataforts_replication_lag_seconds";

  private final TreeMap<String, ReplicaMetrics> logs = new TreeMap<>();

  /** No logs yet. */
  public ReplicationMetrics() {}

  /** Those of a log, made if they are missing. */
  public synchronized ReplicaMetrics of(String log) {
    boolean fits = logs.containsKey(log) || logs.size() < MAX_LOGS;
    return logs.computeIfAbsent(fits ? log : OVERFLOW, name -> new ReplicaMetrics());
  }

  /** All, in Prometheus's text format. */
  public synchronized String prometheusText() {
    StringBuilder text = new StringBuilder(1024);
    head(text, LAG, "gauge", "Time since the other side was last heard.");
    logs.forEach(
        (log, metrics) -> {
          lag(text, log, "leader", metrics.leaderLagNs());
          lag(text, log, "replica", metrics.replicaLagNs());
        });
    counters(
        text,
        "dataforts_replication_sync_bytes_total",
        "Octets offered to replicas.",
        ReplicaMetrics::syncBytes);
    counters(
        text,
        "dataforts_leader_changes_total",
        "Times this node became leader.",
        ReplicaMetrics::leaderChanges);
    counters(
        text,
        "dataforts_replication_under_capacity_total",
        "Appends of a replica that failed.",
        ReplicaMetrics::underCapacities);
    counters(
        text,
        "dataforts_replication_skip_ahead_total",
        "Times a replica left out what its leader had no more.",
        ReplicaMetrics::skipsAhead);
    counters(
        text,
        "dataforts_replication_election_thrash_total",
        "Times a leader was missed.",
        ReplicaMetrics::electionThrashes);
    counters(
        text,
        "dataforts_replication_witness_withdrawals_total",
        "Times a witness withdrew.",
        ReplicaMetrics::witnessWithdrawals);
    counters(
        text,
        "dataforts_replication_announce_divergence_total",
        "Announcements that could not be taken back.",
        ReplicaMetrics::announceDivergences);
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void lag(StringBuilder text, String log, String role, OptionalLong ns) {
    if (ns.isPresent()) {
      text.append(LAG).append("{channel=\"").append(escaped(log));
      text.append("\",role=\"").append(role).append("\"} ");
      text.append(seconds(ns.getAsLong())).append('\n');
    }
  }

  private static String seconds(long ns) {
    BigDecimal seconds =
        BigDecimal.valueOf(ns, NS_DIGITS).setScale(SHOWN_DIGITS, RoundingMode.HALF_EVEN);
    return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
  }

  private void counters(
      StringBuilder text, String name, String help, ToLongFunction<ReplicaMetrics> value) {
    head(text, name, "counter", help);
    for (Map.Entry<String, ReplicaMetrics> log : logs.entrySet()) {
      text.append(name).append("{channel=\"").append(escaped(log.getKey())).append("\"} ");
      text.append(Long.toUnsignedString(value.applyAsLong(log.getValue()))).append('\n');
    }
  }

  private static String escaped(String label) {
    return label
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
