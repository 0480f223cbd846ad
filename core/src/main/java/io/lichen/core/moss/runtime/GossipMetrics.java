// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.config.SnakeCase;
import io.lichen.gossipsub.GossipSubStats;
import io.lichen.gossipsub.PeerCensus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.reflect.RecordComponent;
import java.util.function.ToIntFunction;

/** Shows what the engine counts, and how its peers stand with it, as of the latest heartbeat. */
final class GossipMetrics implements MeterBinder {
  private final NodeParts parts;
  private final String node;

  GossipMetrics(NodeParts parts, String node) {
    this.parts = parts;
    this.node = node;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bindStats(registry);
    bindCensus(registry);
  }

  /** Under the names of the engine's own record, so that none is left out. */
  private void bindStats(MeterRegistry registry) {
    for (RecordComponent component : GossipSubStats.class.getRecordComponents()) {
      String name = SnakeCase.of(component.getName());
      if (isSize(component)) {
        Gauge.builder(name("gossip.size"), parts, p -> value(component, p.gossipStats))
            .tag("node", node)
            .tag("table", name)
            .register(registry);
      } else {
        FunctionCounter.builder(name("gossip"), parts, p -> value(component, p.gossipStats))
            .tag("node", node)
            .tag("counter", name)
            .register(registry);
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

  private void bindCensus(MeterRegistry registry) {
    place(registry, "inbound", PeerCensus::inboundMembers);
    place(registry, "outbound", PeerCensus::outboundMembers);
    place(registry, "candidate", PeerCensus::candidates);
    place(registry, "backoff", PeerCensus::inBackoff);
    score(registry, "graylisted", PeerCensus::graylisted);
    score(registry, "unheard", PeerCensus::unheard);
    score(registry, "avoided", PeerCensus::avoided);
    score(registry, "negative", PeerCensus::negative);
    score(registry, "good", PeerCensus::good);
  }

  private void place(MeterRegistry registry, String state, ToIntFunction<PeerCensus> count) {
    census(registry, "mesh", "state", state, count);
  }

  private void score(MeterRegistry registry, String bucket, ToIntFunction<PeerCensus> count) {
    census(registry, "peers.score", "bucket", bucket, count);
  }

  private void census(
      MeterRegistry registry,
      String name,
      String key,
      String value,
      ToIntFunction<PeerCensus> count) {
    Gauge.builder(name(name), parts, p -> count.applyAsInt(p.census))
        .tag("node", node)
        .tag(key, value)
        .register(registry);
  }

  private static String name(String name) {
    return NodeMetrics.PREFIX + name;
  }
}
