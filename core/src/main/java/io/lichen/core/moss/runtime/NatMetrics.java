// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.nat.NatCounters;
import io.lichen.core.nat.PortMapperCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows what a node finds out about what it is behind, and what others make it do for that. */
final class NatMetrics implements MeterBinder {
  private final NodeParts parts;
  private final Supplier<@Nullable NodeNetwork> network;
  private final String node;

  NatMetrics(NodeParts parts, Supplier<@Nullable NodeNetwork> network, String node) {
    this.parts = parts;
    this.network = network;
    this.node = node;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    NatCounters counters = parts.natCounters;
    counter(registry, "nat.stun", "answered", counters.stunAnswered);
    counter(registry, "nat.stun", "silent", counters.stunSilent);
    counter(registry, "nat.stun", "stray", counters.stunStray);
    counter(registry, "nat.observed", "accepted", counters.observed);
    counter(registry, "nat.observed", "refused", counters.observedRefused);
    counter(registry, "nat.reachability", "connected", counters.attested);
    counter(registry, "nat.reachability", "failed", counters.denied);
    counter(registry, "nat.reachability", "stray", counters.attestedStray);
    counter(registry, "nat.probes", "tried", counters.probes);
    counter(registry, "nat.probes", "refused", counters.probesRefused);
    Gauge.builder(
            NodeMetrics.PREFIX + "nat.reachable", parts, p -> p.nat.profile().reachable() ? 1 : 0)
        .tag("node", node)
        .register(registry);
    bindSurroundings(registry);
  }

  private void bindSurroundings(MeterRegistry registry) {
    PortMapperCounters mapping = parts.mappingCounters;
    counter(registry, "nat.mapping", "found", mapping.found);
    counter(registry, "nat.mapping", "not_found", mapping.notFound);
    counter(registry, "nat.mapping", "changed", mapping.changed);
    counter(registry, "nat.mapping", "lost", mapping.lost);
    counter(registry, "nat.mapping", "restarted", mapping.restarts);
    parts.networkChanges.forEach(
        (kind, count) ->
            FunctionCounter.builder(NodeMetrics.PREFIX + "network.changes", count, LongAdder::sum)
                .tag("node", node)
                .tag("kind", kind)
                .register(registry));
    Gauge.builder(NodeMetrics.PREFIX + "nat.mapped", network, NatMetrics::mapped)
        .tag("node", node)
        .register(registry);
  }

  private static double mapped(Supplier<@Nullable NodeNetwork> network) {
    NodeNetwork running = network.get();
    return running != null && running.isPortOpen() ? 1 : 0;
  }

  private void counter(MeterRegistry registry, String name, String result, LongAdder adder) {
    FunctionCounter.builder(NodeMetrics.PREFIX + name, adder, LongAdder::sum)
        .tag("node", node)
        .tag("result", result)
        .register(registry);
  }
}
