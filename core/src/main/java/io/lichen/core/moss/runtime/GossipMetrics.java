// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.config.SnakeCase;
import io.lichen.gossipsub.GossipSubStats;
import io.lichen.gossipsub.PeerCensus;
import java.lang.reflect.RecordComponent;
import java.util.function.ToIntFunction;

/** Shows what the engine counts, and how its peers stand with it, as of the latest heartbeat. */
final class GossipMetrics {
  private final NodeParts parts;
  private final NodeMeters meters;

  private GossipMetrics(NodeParts parts, NodeMeters meters) {
    this.parts = parts;
    this.meters = meters;
  }

  static void bind(NodeParts parts, NodeMeters meters) {
    GossipMetrics gossip = new GossipMetrics(parts, meters);
    gossip.bindStats();
    gossip.bindCensus();
  }

  /** Under the names of the engine's own record, so that none is left out. */
  private void bindStats() {
    for (RecordComponent component : GossipSubStats.class.getRecordComponents()) {
      String name = SnakeCase.of(component.getName());
      if (isSize(component)) {
        meters.gauge("gossip.size", parts, p -> value(component, p.gossipStats), "table", name);
      } else {
        meters.counter("gossip", parts, p -> value(component, p.gossipStats), "counter", name);
      }
    }
  }

  /** Sizes are ints, but for the octets of the cache. */
  private static boolean isSize(RecordComponent component) {
    return component.getType() == int.class || component.getName().equals("cachedBytes");
  }

  private static double value(RecordComponent component, GossipSubStats stats) {
    try {
      return ((Number) component.getAccessor().invoke(stats)).doubleValue();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void bindCensus() {
    place("inbound", PeerCensus::inboundMembers);
    place("outbound", PeerCensus::outboundMembers);
    place("candidate", PeerCensus::candidates);
    place("backoff", PeerCensus::inBackoff);
    score("graylisted", PeerCensus::graylisted);
    score("unheard", PeerCensus::unheard);
    score("avoided", PeerCensus::avoided);
    score("negative", PeerCensus::negative);
    score("good", PeerCensus::good);
  }

  private void place(String state, ToIntFunction<PeerCensus> count) {
    census("mesh", "state", state, count);
  }

  private void score(String bucket, ToIntFunction<PeerCensus> count) {
    census("peers.score", "bucket", bucket, count);
  }

  private void census(String name, String key, String value, ToIntFunction<PeerCensus> count) {
    meters.gauge(name, parts, p -> count.applyAsInt(p.census), key, value);
  }
}
