// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.runtime.nat.relay.RelayCounters;
import io.lichen.nat.relay.RelayVerdict;
import java.util.Locale;

/** What a node counts about relays, for a registry; docs/metrics.md has the names. */
final class RelayMetrics {
  private RelayMetrics() {}

  static void bind(RelayCounters counters, NodeMeters meters) {
    meters.counter("relay.forwarded", counters.forwarded);
    meters.counter("relay.forwarded.bytes", counters.forwardedBytes);
    for (RelayVerdict verdict : RelayVerdict.values()) {
      if (verdict != RelayVerdict.FORWARD) {
        String reason = verdict.name().toLowerCase(Locale.ROOT);
        meters.counter("relay.refused", counters.refused(verdict), "reason", reason);
      }
    }
    meters.counter("relay.refused", counters.congested, "reason", "congested");
    meters.counter("relay.opened", counters.opened);
    meters.counter("relay.failed", counters.failed);
    meters.counter("relay.migrated", counters.migrated);
    meters.counter("relay.paced", counters.paced);
    meters.counter("relay.rejected", counters.notGranted, "reason", "not_granted");
    meters.counter("relay.rejected", counters.forged, "reason", "forged");
    meters.counter("relay.rejected", counters.strays, "reason", "stray");
    meters.counter("relay.rejected", counters.replayed, "reason", "replayed");
    meters.counter("relay.rejected", counters.inboundDropped, "reason", "behind");
    meters.counter("relay.rejected", counters.dataDropped, "reason", "callback");
    meters.counter("relay.unsealed", counters.unsealed);
    meters.gauge("relay.sessions", counters, c -> c.ownSessions, "role", "end");
    meters.gauge("relay.sessions", counters, c -> c.forwardedSessions, "role", "relay");
  }
}
