// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetError;
import io.lichen.core.net.redex.RedexCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/api/net.md and net-bus.md against the functions of the C headers, our classes and our tests.
 */
class NetApiMapTest {
  private static final String NOTHING = "–";
  private static final List<String> PACKAGES =
      List.of(
          "io.lichen.core.bus",
          "io.lichen.core.net",
          "io.lichen.core.net.channel",
          "io.lichen.core.net.capability",
          "io.lichen.core.net.redex",
          "io.lichen.core.net.topic",
          "io.lichen.crypto",
          "io.lichen.crypto.entity",
          "io.lichen.crypto.token",
          "io.lichen.redex",
          "io.lichen.redex.replica");

  @Test
  void shouldNameEveryFunctionOnce() throws IOException {
    List<String> mapped = new ArrayList<>();
    rows("net.md", "| `net_").forEach(row -> mapped.add(name(row)));
    rows("net-bus.md", "| `net_").forEach(row -> mapped.add(name(row)));
    assertEquals(functions(), new TreeSet<>(mapped));
    assertEquals(mapped.size(), Set.copyOf(mapped).size(), "a function stands twice");
  }

  @Test
  void shouldNameMethodsAndTestsThatExist() throws IOException {
    List<String[]> rows = new ArrayList<>(rows("net.md", "| `net_"));
    int functions = rows.size();
    rows.addAll(rows("net.md", "| `Net"));
    rows.addAll(rows("net.md", "| `Replicated"));
    assertTrue(rows.size() > functions, "there are rows beyond the C API");
    rows.addAll(rows("net-bus.md", "| `net_"));
    for (String[] row : rows) {
      String java = row[1].contains("net_") ? row[2] : row[1];
      boolean isNothing = java.strip().startsWith(NOTHING);
      Map<String, Boolean> named = NamedMethods.in(java, PACKAGES);
      assertEquals(isNothing, named.isEmpty(), row[1]);
      named.forEach((name, exists) -> assertTrue(exists, () -> "there is no " + name));
      List<MatchResult> tests = NamedTests.NAME.matcher(row[3]).results().toList();
      assertEquals(isNothing, tests.isEmpty(), row[1]);
      requireTests(tests);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"net.md", "net-bus.md"})
  void shouldNameATestForEveryHardeningNote(String page) throws IOException {
    List<String> lines = lines(page);
    int begin = lines.indexOf("## The hardening notes of v0.10");
    List<String[]> notes =
        lines.subList(begin, lines.size()).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| Note |"))
            .map(line -> line.split("\\|", -1))
            .toList();
    assertFalse(notes.isEmpty());
    for (String[] note : notes) {
      List<MatchResult> tests = NamedTests.NAME.matcher(note[3]).results().toList();
      assertEquals(note[2].strip().startsWith(NOTHING), tests.isEmpty(), note[1]);
      requireTests(tests);
    }
  }

  @Test
  void shouldListTheErrorCodes() throws IOException {
    assertEquals(
        Arrays.stream(NetError.values()).map(e -> e.code() + "`" + e + "`").toList(),
        codes("## Error codes"));
    assertEquals(
        Arrays.stream(RedexCode.values()).map(e -> e.code() + "`" + e + "`").toList(),
        codes("## Codes of logs"));
  }

  /** Codes and names in the table of a section. */
  private static List<String> codes(String section) throws IOException {
    List<String> lines = lines("net.md");
    return lines.subList(lines.indexOf(section) + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.matches("\\| -?\\d+ \\| `.*"))
        .map(line -> line.split("\\|", -1))
        .map(cells -> cells[1].strip() + cells[2].strip())
        .toList();
  }

  private static void requireTests(List<MatchResult> tests) throws IOException {
    for (MatchResult test : tests) {
      assertTrue(NamedTests.exists(test), () -> "there is no test " + test.group());
    }
  }

  private static Set<String> functions() throws IOException {
    try (InputStream list = NetApiMapTest.class.getResourceAsStream("net-functions.txt")) {
      byte[] bytes = Objects.requireNonNull(list).readAllBytes();
      return new TreeSet<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static String name(String[] row) {
    return row[1].replaceAll("[` ]", "");
  }

  /** The cells of the rows of a page that begin so; the first is empty. */
  private static List<String[]> rows(String page, String start) throws IOException {
    return lines(page).stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  private static List<String> lines(String page) throws IOException {
    return Files.readAllLines(NamedTests.ROOT.resolve("docs/api").resolve(page));
  }
}
