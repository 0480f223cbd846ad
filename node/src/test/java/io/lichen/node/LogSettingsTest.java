// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node logs, in a process of its own. */
class LogSettingsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private List<String> logged(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("node", "--mesh", "m", "--listen", "127.0.0.1:0"));
    args.addAll(List.of("--config", NodeProcess.quiet(folder).toString(), "--json"));
    args.addAll(List.of(options));
    try (NodeProcess node = new NodeProcess(folder, args.toArray(String[]::new))) {
      node.process().getOutputStream().close();
      node.ignoreOutput();
      node.process().onExit().join();
      return node.err().lines().toList();
    }
  }

  @Test
  void shouldLogOneObjectALine() throws IOException {
    List<JsonNode> objects =
        logged("--log-level", "info", "--log-format", "json").stream()
            .filter(line -> line.startsWith("{"))
            .map(LogSettingsTest::read)
            .toList();
    JsonNode listens =
        objects.stream()
            .filter(object -> object.path("formattedMessage").asText().contains("listens on"))
            .findFirst()
            .orElseThrow();
    assertEquals("INFO", listens.get("level").asText());
    assertTrue(listens.get("timestamp").isIntegralNumber());
    assertTrue(listens.get("loggerName").asText().startsWith("io.lichen."));
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  @Test
  void shouldLogTextAndNotMuchUnlessToldOtherwise() throws IOException {
    assertFalse(logged().stream().anyMatch(line -> line.contains("listens on")));
    assertTrue(logged("--log-level", "INFO").stream().anyMatch(line -> line.contains(" INFO ")));
  }

  @Test
  void shouldReadAndSetLevelsOfLoggers() {
    LogbackLevels levels = new LogbackLevels();
    String logger = "io.lichen.no.such";
    assertEquals(levels.level(""), levels.level(logger));
    levels.setLevel(logger, "TRACE");
    assertEquals("TRACE", levels.level(logger));
  }
}
