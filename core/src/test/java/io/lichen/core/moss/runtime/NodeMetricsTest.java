// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
  private static Path docs() {
    Path inModule = Path.of("docs/metrics.md");
    return Files.exists(inModule) ? inModule : Path.of("../docs/metrics.md");
  }

  @Test
  void shouldShowWhatHappenedUnderTheDocumentedNames() throws Exception {
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
      TestNodes.await("the copy is counted", () -> value(sender, "sent") == 1);
      assertEquals(1, value(registry, "received"));
      assertEquals(1, value(registry, "delivered"));
      assertEquals(10, value(registry, "delivered.bytes"));
      assertEquals(1, registry.get("lichen.moss.peers").gauge().value());
      String text = Files.readString(docs());
      for (Meter meter : registry.getMeters()) {
        String name = meter.getId().getName().substring("lichen.moss.".length());
        assertTrue(text.contains("`" + name + "`"), name + " is not in docs/metrics.md");
      }
    }
  }

  private static double value(SimpleMeterRegistry registry, String name) {
    return registry.get("lichen.moss." + name).functionCounter().count();
  }
}
