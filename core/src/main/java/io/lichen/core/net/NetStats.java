// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import java.util.Map;

/**
 * Counts of a node since it was made; docs/metrics.md says what the names mean.
 *
 * @param peers peers with a session now
 * @param eventsReceived events that came in
 * @param eventsDelivered events handed to subscribers; one for each
 * @param eventsDropped events dropped because a subscriber's queue was full, or nobody subscribes
 * @param counters everything else that is counted, by name
 */
public record NetStats(
    int peers,
    long eventsReceived,
    long eventsDelivered,
    long eventsDropped,
    Map<String, Long> counters) {
  /** Copies the map. */
  public NetStats {
    counters = Map.copyOf(counters);
  }
}
