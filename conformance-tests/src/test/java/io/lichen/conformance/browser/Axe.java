// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The accessibility checker axe-core. */
final class Axe {
  private static final List<String> GRAVE = List.of("serious", "critical");
  private static final String RUN =
      """
      axe.run(document, { resultTypes: ['violations'] }).then((result) => done(result.violations.map((found) => ({
        impact: found.impact,
        says: `${found.id}: ${found.nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3).join('; ')}`,
      }))));
      """;

  private Axe() {}

  /** Fails with each finding that would keep somebody from using the page. */
  static void check(Browser browser, String where) throws IOException {
    browser.run(source());
    JsonNode found = browser.runAsync(RUN);
    List<String> grave =
        StreamSupport.stream(found.spliterator(), false)
            .filter(each -> GRAVE.contains(each.path("impact").asText()))
            .map(each -> each.path("says").asText())
            .toList();
    assertEquals(List.of(), grave, where);
  }

  private static String source() throws IOException {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script, "axe.min.js").readAllBytes(), UTF_8);
    }
  }
}
