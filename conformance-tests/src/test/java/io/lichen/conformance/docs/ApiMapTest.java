// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.core.moss.MossEvent;
import io.lichen.transport.moss.Era;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/api/moss.md against the library's symbols, our classes and our tests. */
class ApiMapTest {
  /** The linker lets a symbol's name be the end of a longer one. */
  private static final Pattern SYMBOL = Pattern.compile("[^A-Za-z](Moss_[A-Za-z]+)\0");

  private static final String NOTHING = "–";

  private record Row(String function, String java, String test) {}

  @Test
  void shouldNameEveryFunctionOfTheLibraryOnce() throws IOException {
    Optional<Path> library = MossLibraries.find(Era.C);
    Skip.unless(library.isPresent(), ApiMapTest.class, MossLibraries.howToName(Era.C));
    String content = Files.readString(library.orElseThrow(), StandardCharsets.ISO_8859_1);
    Set<String> exported =
        SYMBOL.matcher(content).results().map(r -> r.group(1)).collect(Collectors.toSet());
    assertTrue(exported.size() > 10, () -> "few symbols found: " + exported);

    List<String> mapped = rows().stream().map(Row::function).toList();

    assertEquals(new TreeSet<>(exported), new TreeSet<>(mapped));
    assertEquals(mapped.size(), Set.copyOf(mapped).size(), "a function stands twice");
  }

  @Test
  void shouldNameMethodsThatExist() throws IOException {
    for (Row row : allRows()) {
      List<MatchResult> methods = NamedMethods.NAME.matcher(row.java).results().toList();
      assertEquals(row.java.startsWith(NOTHING), methods.isEmpty(), row.function);
      for (MatchResult method : methods) {
        assertTrue(exists(method), () -> row.function + ": there is no " + method.group());
      }
    }
  }

  @Test
  void shouldNameATestForEveryMethod() throws IOException {
    for (Row row : allRows()) {
      List<MatchResult> tests = NamedTests.NAME.matcher(row.test).results().toList();
      assertEquals(row.java.startsWith(NOTHING), tests.isEmpty(), row.function);
      for (MatchResult test : tests) {
        assertTrue(
            NamedTests.exists(test), () -> row.function + ": there is no test " + test.group());
      }
    }
  }

  @Test
  void shouldNameEveryEventWithItsTest() throws IOException {
    List<String[]> events = table("| \\d `").toList();
    assertEquals(
        Arrays.stream(MossEvent.Type.values()).map(t -> t.id() + " `" + t + '`').toList(),
        events.stream().map(cells -> cells[1].strip()).toList());
    for (String[] cells : events) {
      List<MatchResult> tests = NamedTests.NAME.matcher(cells[4]).results().toList();
      assertFalse(tests.isEmpty(), cells[1]);
      for (MatchResult test : tests) {
        assertTrue(NamedTests.exists(test), () -> cells[1] + ": there is no test " + test.group());
      }
    }
  }

  @Test
  void shouldNoticeWhatDoesNotExist() throws IOException {
    assertFalse(exists(first(NamedMethods.NAME, "`MossNode.publish(int)`")));
    assertFalse(exists(first(NamedMethods.NAME, "`NoNode.publish(int)`")));
    assertFalse(NamedTests.exists(first(NamedTests.NAME, "`ApiMapTest.shouldBeMissing`")));
  }

  private static MatchResult first(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow();
  }

  private static boolean exists(MatchResult method) {
    return NamedMethods.exists(method, List.of("io.lichen.core.moss"));
  }

  private static List<Row> allRows() throws IOException {
    List<Row> all = new ArrayList<>(rows());
    List<Row> beyond =
        table("| `(Moss[NR]|Sub)")
            .map(c -> new Row(c[1].strip(), c[1].strip(), c[3].strip()))
            .toList();
    assertFalse(beyond.isEmpty());
    all.addAll(beyond);
    return all;
  }

  private static List<Row> rows() throws IOException {
    return table("| `Moss_")
        .map(c -> new Row(c[1].replaceAll("[`* ]", ""), c[2].strip(), c[3].strip()))
        .toList();
  }

  /** The cells of the rows that begin so; the first is empty. */
  private static Stream<String[]> table(String start) throws IOException {
    Pattern beginning = Pattern.compile("\\" + start);
    return Files.readAllLines(NamedTests.ROOT.resolve("docs/api/moss.md")).stream()
        .filter(line -> beginning.matcher(line).lookingAt())
        .map(line -> line.split("\\|", -1));
  }
}
