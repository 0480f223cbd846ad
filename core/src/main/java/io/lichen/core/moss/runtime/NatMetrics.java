// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.nat.NatCounters;
import io.lichen.core.nat.PortMapperCounters;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows what a node finds out about what it is behind, and what others make it do for that. */
final class NatMetrics {
  private final NodeMeters meters;

  private NatMetrics(NodeMeters meters) {
    this.meters = meters;
  }

  static void bind(NodeParts parts, Supplier<@Nullable NodeNetwork> network, NodeMeters meters) {
    NatMetrics nat = new NatMetrics(meters);
    nat.bindFindings(parts);
    nat.bindSurroundings(parts, network);
  }

  private void bindFindings(NodeParts parts) {
    NatCounters counters = parts.natCounters;
    counter("nat.stun", "answered", counters.stunAnswered);
    counter("nat.stun", "silent", counters.stunSilent);
    counter("nat.stun", "stray", counters.stunStray);
    counter("nat.observed", "accepted", counters.observed);
    counter("nat.observed", "refused", counters.observedRefused);
    counter("nat.reachability", "connected", counters.attested);
    counter("nat.reachability", "failed", counters.denied);
    counter("nat.reachability", "stray", counters.attestedStray);
    counter("nat.probes", "tried", counters.probes);
    counter("nat.probes", "refused", counters.probesRefused);
    meters.gauge("nat.reachable", parts, p -> p.nat.profile().reachable() ? 1 : 0);
  }

  private void bindSurroundings(NodeParts parts, Supplier<@Nullable NodeNetwork> network) {
    PortMapperCounters mapping = parts.mappingCounters;
    counter("nat.mapping", "found", mapping.found);
    counter("nat.mapping", "not_found", mapping.notFound);
    counter("nat.mapping", "changed", mapping.changed);
    counter("nat.mapping", "lost", mapping.lost);
    counter("nat.mapping", "restarted", mapping.restarts);
    parts.networkChanges.forEach(
        (kind, count) -> meters.counter("network.changes", count, "kind", kind));
    meters.gauge("nat.mapped", network, NatMetrics::mapped);
  }

  private static double mapped(Supplier<@Nullable NodeNetwork> network) {
    NodeNetwork running = network.get();
    return running != null && running.isPortOpen() ? 1 : 0;
  }

  private void counter(String name, String result, LongAdder adder) {
    meters.counter(name, adder, "result", result);
  }
}
