// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** docs/metrics.md against what nodes and buses register. */
public final class MetricsPage {
  private static final String NET = "## Net";
  private static final String REPLICAS = "## Replicated logs";
  private static final String BUS = "## Event bus";
  private static final String GATEWAY = "## Gateway";

  private MetricsPage() {}

  /** By name the tags of a node's meters, but for that of the node, and their values. */
  public static Map<String, Map<String, Set<String>>> registered(
      MeterBinder metrics, String prefix, String node) {
    return registered(metrics, prefix, Tag.of("node", node));
  }

  /** The same of whatever a tag of all meters names. */
  public static Map<String, Map<String, Set<String>>> registered(
      MeterBinder metrics, String prefix, Tag owner) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    Map<String, Map<String, Set<String>>> found = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      assertEquals(owner.getValue(), meter.getId().getTag(owner.getKey()));
      assertTrue(meter.getId().getName().startsWith(prefix));
      Map<String, Set<String>> tags =
          found.computeIfAbsent(
              meter.getId().getName().substring(prefix.length()), n -> new TreeMap<>());
      for (Tag tag : meter.getId().getTags()) {
        if (!tag.equals(owner)) {
          tags.computeIfAbsent(tag.getKey(), k -> new TreeSet<>()).add(tag.getValue());
        }
      }
    }
    return found;
  }

  /** The same by the part of the page about Moss; no values where it does not list them. */
  public static Map<String, Map<String, Set<String>>> ofMoss() throws IOException {
    List<String> lines = lines();
    return documented(lines.subList(0, lines.indexOf(NET)));
  }

  /** The same by the part about Net. */
  public static Map<String, Map<String, Set<String>>> ofNet() throws IOException {
    List<String> lines = lines();
    return documented(lines.subList(lines.indexOf(NET), lines.indexOf(REPLICAS)));
  }

  /** The same by the part about replicated logs. */
  public static Map<String, Map<String, Set<String>>> ofReplicas() throws IOException {
    List<String> lines = lines();
    return documented(lines.subList(lines.indexOf(REPLICAS), lines.indexOf(BUS)));
  }

  /** The same by the part about the event bus. */
  public static Map<String, Map<String, Set<String>>> ofBus() throws IOException {
    List<String> lines = lines();
    return documented(lines.subList(lines.indexOf(BUS), lines.indexOf(GATEWAY)));
  }

  /** Fails unless exactly what is documented is registered. */
  public static void check(
      Map<String, Map<String, Set<String>>> documented,
      Map<String, Map<String, Set<String>>> registered) {
    assertTrue(documented.size() > 5, "the page has rows");
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

  private static Map<String, Map<String, Set<String>>> documented(List<String> lines) {
    Map<String, Map<String, Set<String>>> found = new TreeMap<>();
    for (String line : lines) {
      String[] cells = line.split("\\|", -1);
      if (line.startsWith("| `")) {
        for (String name : quoted(cells[1])) {
          Map<String, Set<String>> tags = new TreeMap<>();
          int colon = cells[3].indexOf(':');
          if (colon > 0) {
            String key = quoted(cells[3].substring(0, colon)).iterator().next();
            tags.put(key, quoted(cells[3].substring(colon)));
          } else {
            quoted(cells[3]).forEach(key -> tags.put(key, Set.of()));
          }
          assertNull(found.put(name, tags), name + " stands twice");
        }
      }
    }
    return found;
  }

  private static List<String> lines() throws IOException {
    Path inModule = Path.of("docs/metrics.md");
    return Files.readAllLines(Files.exists(inModule) ? inModule : Path.of("../docs/metrics.md"));
  }

  private static Set<String> quoted(String text) {
    return Pattern.compile("`([^`]+)`")
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
