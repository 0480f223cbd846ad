// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.docs.MetricsPage;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
  @Test
  void shouldShowWhatHappened() throws Exception {
    try (TestNodes nodes = new TestNodes(new FakeNetwork())) {
      TestNode a = nodes.started(plan());
      TestNode b = nodes.started(plan());
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      a.node().subscribe("a");
      b.node().connect(a.address());
      a.node().metrics().bindTo(registry);
      SimpleMeterRegistry sender = new SimpleMeterRegistry();
      b.node().metrics().bindTo(sender);
      b.node().publish("a", new byte[10]);
      MossNodeContract.take(a);
      assertEquals(1, value(sender, "published"));
      assertEquals(10, value(sender, "published.bytes"));
      // Counted once the session has taken it, which may be after the other side has it.
      TestNodes.await("the copy is counted", () -> value(sender, "sent.bytes") > 10);
      assertEquals(1, value(sender, "sent"));
      assertEquals(1, value(registry, "received"));
      assertEquals(1, value(registry, "delivered"));
      assertEquals(10, value(registry, "delivered.bytes"));
      assertEquals(1, registry.get("lichen.moss.peers").gauge().value());
      TestNodes.await("the engine's is shown", () -> gossip(registry, "delivered") == 1);
      assertEquals(1, gossip(registry, "received"));
      TestNodes.await(
          "so are its peers", () -> gauge(registry, "peers.score", "bucket", "good") == 1);
      assertEquals(0, gauge(registry, "peers.score", "bucket", "graylisted"));
      assertEquals(0, gauge(registry, "mesh", "state", "inbound"), "b is not on it");
      b.node().subscribe("a");
      TestNodes.await("b is taken in", () -> gauge(registry, "mesh", "state", "inbound") == 1);
    }
  }

  @Test
  void shouldRegisterExactlyWhatIsDocumented() throws IOException {
    try (TestNodes nodes = new TestNodes(new FakeNetwork())) {
      MetricsPage.check(MetricsPage.ofMoss(), registered(nodes.started(plan())));
    }
  }

  @Test
  void shouldHaveTagsWithFewValuesWhateverTheNodeMeets() throws Exception {
    try (TestNodes nodes = new TestNodes(new FakeNetwork())) {
      TestNode node = nodes.started(plan());
      Map<String, Map<String, Set<String>>> before = registered(node);
      for (int i = 0; i < 5; i++) {
        TestNode other = nodes.started(plan());
        other.node().subscribe("channel " + i);
        node.node().subscribe("channel " + i);
        other.node().connect(node.address());
        other.node().publish("channel " + i, new byte[10]);
        MossNodeContract.take(node);
      }
      assertEquals(before, registered(node));
      before.forEach(
          (name, tags) ->
              tags.forEach(
                  (tag, values) -> {
                    assertTrue(values.size() <= 100, name + " has many values of " + tag);
                    values.forEach(v -> assertTrue(v.matches("[a-z0-9_.]{1,40}"), v));
                  }));
    }
  }

  private static Map<String, Map<String, Set<String>>> registered(TestNode node) {
    return MetricsPage.registered(
        node.node().metrics(), "lichen.moss.", node.node().id().hex().substring(0, 8));
  }

  private static double value(SimpleMeterRegistry registry, String name) {
    return registry.get("lichen.moss." + name).functionCounter().count();
  }

  private static double gossip(SimpleMeterRegistry registry, String counter) {
    return registry.get("lichen.moss.gossip").tag("counter", counter).functionCounter().count();
  }

  private static double gauge(SimpleMeterRegistry registry, String name, String tag, String value) {
    return registry.get("lichen.moss." + name).tag(tag, value).gauge().value();
  }
}
