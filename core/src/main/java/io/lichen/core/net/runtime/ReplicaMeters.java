// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.redex.replica.ReplicaMetrics;
import io.lichen.redex.replica.ReplicationMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows replicated logs to meter registries, under names that are upstream's in Prometheus
 * (docs/metrics.md, "Replicated logs"); those to come as well. Thread-safe.
 */
final class ReplicaMeters implements MeterBinder {
  private static final double NS_PER_SECOND = 1e9;
  private static final String LAG = "dataforts.replication.lag.seconds";

  private final String node;
  private final TreeMap<String, ReplicaMetrics> logs = new TreeMap<>();
  private final List<MeterRegistry> registries = new ArrayList<>();

  ReplicaMeters(String node) {
    this.node = node;
  }

  /** A log is replicated from now on. */
  synchronized void opened(String log, ReplicaMetrics metrics) {
    String name = logs.size() < ReplicationMetrics.MAX_LOGS ? log : ReplicationMetrics.OVERFLOW;
    if (!logs.containsKey(log) && logs.putIfAbsent(name, metrics) == null) {
      registries.forEach(registry -> register(registry, name, metrics));
    }
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    registries.add(registry);
    logs.forEach((log, metrics) -> register(registry, log, metrics));
  }

  private void register(MeterRegistry registry, String log, ReplicaMetrics metrics) {
    lag(registry, log, "leader", metrics::leaderLagNs);
    lag(registry, log, "replica", metrics::replicaLagNs);
    Counters to = new Counters(registry, log, metrics);
    to.count("dataforts.replication.sync.bytes", ReplicaMetrics::syncBytes);
    to.count("dataforts.leader.changes", ReplicaMetrics::leaderChanges);
    to.count("dataforts.replication.under.capacity", ReplicaMetrics::underCapacities);
    to.count("dataforts.replication.skip.ahead", ReplicaMetrics::skipsAhead);
    to.count("dataforts.replication.election.thrash", ReplicaMetrics::electionThrashes);
    to.count("dataforts.replication.witness.withdrawals", ReplicaMetrics::witnessWithdrawals);
    to.count("dataforts.replication.announce.divergence", ReplicaMetrics::announceDivergences);
  }

  private void lag(MeterRegistry registry, String log, String role, Supplier<OptionalLong> ns) {
    Gauge.builder(LAG, ns, lag -> seconds(lag.get()))
        .tags("node", node, "channel", log, "role", role)
        .strongReference(true)
        .register(registry);
  }

  private static double seconds(OptionalLong ns) {
    return ns.isPresent() ? ns.getAsLong() / NS_PER_SECOND : Double.NaN;
  }

  /** Where the counters of a log go. */
  private final class Counters {
    private final MeterRegistry registry;
    private final String log;
    private final ReplicaMetrics metrics;

    Counters(MeterRegistry registry, String log, ReplicaMetrics metrics) {
      this.registry = registry;
      this.log = log;
      this.metrics = metrics;
    }

    void count(String name, ToDoubleFunction<ReplicaMetrics> value) {
      FunctionCounter.builder(name, metrics, value)
          .tags("node", node, "channel", log)
          .register(registry);
    }
  }
}
