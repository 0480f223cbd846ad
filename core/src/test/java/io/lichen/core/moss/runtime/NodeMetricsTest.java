// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
  private static Path docs() {
    Path inModule = Path.of("docs/metrics.md");
    return Files.exists(inModule) ? inModule : Path.of("../docs/metrics.md");
  }

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
      TestNodes.await("the copy is counted", () -> value(sender, "sent") == 1);
      assertTrue(value(sender, "sent.bytes") > 10);
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
      Map<String, Map<String, Set<String>>> registered = registered(nodes.started(plan()));
      Map<String, Map<String, Set<String>>> documented = documented();
      assertEquals(documented.keySet(), registered.keySet(), "names");
      documented.forEach(
          (name, tags) -> {
            Map<String, Set<String>> actual = registered.getOrDefault(name, Map.of());
            assertEquals(tags.keySet(), actual.keySet(), "tags of " + name);
            tags.forEach(
                (tag, values) -> {
                  if (!values.isEmpty()) {
                    assertEquals(values, actual.get(tag), name + " " + tag);
                  }
                });
          });
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

  /** By name the tags, but for that of the node, and their values. */
  private static Map<String, Map<String, Set<String>>> registered(TestNode node) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    node.node().metrics().bindTo(registry);
    String id = node.node().id().hex().substring(0, 8);
    Map<String, Map<String, Set<String>>> found = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      assertEquals(id, meter.getId().getTag("node"));
      assertTrue(meter.getId().getName().startsWith("lichen.moss."));
      Map<String, Set<String>> tags =
          found.computeIfAbsent(
              meter.getId().getName().substring("lichen.moss.".length()), n -> new TreeMap<>());
      for (Tag tag : meter.getId().getTags()) {
        if (!tag.getKey().equals("node")) {
          tags.computeIfAbsent(tag.getKey(), k -> new TreeSet<>()).add(tag.getValue());
        }
      }
    }
    return found;
  }

  /** The same by the page; no values where it does not list them. */
  private static Map<String, Map<String, Set<String>>> documented() throws IOException {
    Map<String, Map<String, Set<String>>> found = new TreeMap<>();
    for (String line : Files.readAllLines(docs())) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| `")) {
        for (String name : quoted(cells[1])) {
          Map<String, Set<String>> tags = new TreeMap<>();
          int colon = cells[3].indexOf(':');
          if (colon > 0) {
            String key = quoted(cells[3].substring(0, colon)).iterator().next();
            tags.put(key, quoted(cells[3].substring(colon)));
          }
          assertNull(found.put(name, tags), name + " stands twice");
        }
      }
    }
    assertTrue(found.size() > 50, "the page has rows");
    return found;
  }

  private static Set<String> quoted(String text) {
    return Pattern.compile("`([^`]+)`")
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
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
