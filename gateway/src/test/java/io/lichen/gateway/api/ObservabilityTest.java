// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.gateway.api.metrics.GatewayMeters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ says of metrics, against what there is. */
@Timeout(60)
class ObservabilityTest {
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:lichen|dataforts|jvm|process|system)_[a-z0-9_]+)(?:\\{([^}]*)})?");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path directory;

  @Test
  void shouldUseMetricsInDashboardAndRulesThatThereAre() throws IOException {
    Map<String, Set<String>> shown = new TreeMap<>();
    try (WholeGateway whole = new WholeGateway(directory)) {
      whole.client().get("/v1/info");
      whole.client().get("/metrics").body().lines().forEach(line -> note(line, shown));
    }
    int checked = 0;
    for (String file : List.of("grafana/lichen.json", "alerts/lichen.json")) {
      for (JsonNode expression : json(file).findValues("expr")) {
        Matcher use = METRIC.matcher(expression.asText());
        while (use.find()) {
          String what = file + ": " + use.group();
          Set<String> labels = shown.get(use.group(1));
          assertTrue(labels != null && labels.containsAll(labels(use.group(2))), what);
          checked++;
        }
      }
    }
    assertTrue(checked > 50, "the files use metrics: " + checked);
  }

  /** A sample: its name, and the labels that it can be chosen by. */
  private static void note(String line, Map<String, Set<String>> shown) {
    Matcher sample = METRIC.matcher(line);
    if (!line.startsWith("#") && sample.lookingAt()) {
      Set<String> labels = shown.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
      labels.addAll(labels(sample.group(2)));
      // Prometheus adds these.
      labels.addAll(List.of("instance", "job"));
    }
  }

  private static Set<String> labels(@Nullable String selector) {
    return Pattern.compile("([a-z_]+)=")
        .matcher(selector == null ? "" : selector)
        .results()
        .map(label -> label.group(1))
        .collect(Collectors.toSet());
  }

  private static JsonNode json(String file) throws IOException {
    return ApiClient.parse(Files.readString(docs(file)));
  }

  private static Path docs(String file) {
    Path inModule = Path.of("docs", file);
    return Files.exists(inModule) ? inModule : Path.of("..", "docs", file);
  }

  @Test
  void shouldHaveAllMetersOfTheGatewayOnThePage() throws IOException {
    SimpleMeterRegistry own = new SimpleMeterRegistry();
    try (Gateway gateway = Gateway.builder().registry(own).start();
        ApiClient client = new ApiClient(gateway)) {
      client.get("/v1/info");
      assertEquals(page("## Gateway", "lichen."), registered(own));
    }
  }

  @Test
  void shouldHaveAllMetersOfTheProcessOnThePage() throws IOException {
    try (GatewayMeters meters = new GatewayMeters(List.of(), () -> "")) {
      assertEquals(page("## Process", ""), registered(meters.registry(null)));
    }
  }

  private static Map<String, Set<String>> registered(MeterRegistry registry) {
    Map<String, Set<String>> found = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Set<String> tags = found.computeIfAbsent(meter.getId().getName(), name -> new TreeSet<>());
      meter.getId().getTags().stream().map(Tag::getKey).forEach(tags::add);
    }
    return found;
  }

  /** The names of a part of the page, with their tags. */
  private static Map<String, Set<String>> page(String heading, String prefix) throws IOException {
    List<String> lines = Files.readAllLines(docs("metrics.md"));
    Map<String, Set<String>> found = new TreeMap<>();
    List<String> part = lines.subList(lines.indexOf(heading) + 1, lines.size());
    for (String line : part) {
      if (line.startsWith("## ")) {
        break;
      }
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        String tags = cells[3].replaceAll(":.*", "");
        quoted(cells[1]).forEach(name -> found.put(prefix + name, quoted(tags)));
      }
    }
    return found;
  }

  private static Set<String> quoted(String cell) {
    return Pattern.compile("`([^`]+)`")
        .matcher(cell)
        .results()
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
