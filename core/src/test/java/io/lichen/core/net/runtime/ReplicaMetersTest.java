// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.docs.MetricsPage;
import io.lichen.redex.replica.ReplicationMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReplicaMetersTest {
  private final ReplicationMetrics metrics = new ReplicationMetrics();
  private final ReplicaMeters meters = new ReplicaMeters("node");

  private void open(String log) {
    meters.opened(log, metrics.of(log));
  }

  @Test
  void shouldRegisterExactlyWhatIsDocumented() throws IOException {
    open("a/b");
    MetricsPage.check(MetricsPage.ofReplicas(), MetricsPage.registered(meters, "", "node"));
  }

  @Test
  void shouldShowLogsThatComeLater() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    meters.bindTo(registry);
    open("a");
    open("a");
    metrics.of("a").leaderChanged();
    metrics.of("a").leaderLag(1_500_000_000);
    assertEquals(1, registry.get("dataforts.leader.changes").functionCounter().count());
    var lag = registry.get("dataforts.replication.lag.seconds");
    assertEquals(1.5, lag.tag("role", "leader").gauge().value());
    assertTrue(
        Double.isNaN(
            registry
                .get("dataforts.replication.lag.seconds")
                .tag("role", "replica")
                .gauge()
                .value()));
  }

  @Test
  void shouldBoundHowManyNamesThereAre() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    meters.bindTo(registry);
    for (int i = 0; i < ReplicationMetrics.MAX_LOGS + 5; i++) {
      open("log" + i);
    }
    assertEquals(
        ReplicationMetrics.MAX_LOGS + 1,
        registry.find("dataforts.leader.changes").functionCounters().size());
    assertEquals(
        1,
        registry
            .find("dataforts.leader.changes")
            .tag("channel", ReplicationMetrics.OVERFLOW)
            .functionCounters()
            .size());
  }
}
