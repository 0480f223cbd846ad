// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.nat.relay.RelayCounters;
import io.lichen.nat.relay.RelayVerdict;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What a node counts about relays, for a registry; docs/metrics.md has the names. */
final class RelayMetrics implements MeterBinder {
  private final RelayCounters counters;
  private final String node;

  RelayMetrics(RelayCounters counters, String node) {
    this.counters = counters;
    this.node = node;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "forwarded", counters.forwarded);
    counter(registry, "forwarded.bytes", counters.forwardedBytes);
    for (RelayVerdict verdict : RelayVerdict.values()) {
      if (verdict != RelayVerdict.FORWARD) {
        String reason = verdict.name().toLowerCase(Locale.ROOT);
        counter(registry, "refused", counters.refused(verdict), "reason", reason);
      }
    }
    counter(registry, "refused", counters.congested, "reason", "congested");
    counter(registry, "opened", counters.opened);
    counter(registry, "failed", counters.failed);
    counter(registry, "migrated", counters.migrated);
    counter(registry, "paced", counters.paced);
    counter(registry, "rejected", counters.notGranted, "reason", "not_granted");
    counter(registry, "rejected", counters.forged, "reason", "forged");
    counter(registry, "rejected", counters.strays, "reason", "stray");
    counter(registry, "rejected", counters.replayed, "reason", "replayed");
    counter(registry, "rejected", counters.inboundDropped, "reason", "behind");
    counter(registry, "rejected", counters.dataDropped, "reason", "callback");
    counter(registry, "unsealed", counters.unsealed);
    Gauge.builder(NodeMetrics.PREFIX + "relay.sessions", counters, c -> c.ownSessions)
        .tags("node", node, "role", "end")
        .register(registry);
    Gauge.builder(NodeMetrics.PREFIX + "relay.sessions", counters, c -> c.forwardedSessions)
        .tags("node", node, "role", "relay")
        .register(registry);
  }

  private void counter(MeterRegistry registry, String name, LongAdder adder, String... tags) {
    FunctionCounter.builder(NodeMetrics.PREFIX + "relay." + name, adder, LongAdder::doubleValue)
        .tag("node", node)
        .tags(tags)
        .register(registry);
  }
}
