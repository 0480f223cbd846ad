// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sizes and habits, measured on all sources of the project. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls parseSources first.
class TidinessTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
  private static final int MAX_FILE_LINES = 500;
  private static final int MAX_MEDIAN_LINES = 120;
  private static final int MAX_METHOD_LINES = 70;

  /** Where a program talks to a person or to another program. */
  private static final Set<String> MAY_PRINT = Set.of("node", "bench", "conformance-tests");

  /** Long on purpose, with the reason beside them. */
  private static final Map<String, String> MAY_BE_LONG =
      Map.of(
          "Blake2sCompression.java compress",
          "words in local variables; its Javadoc names the measurements against shorter forms");

  private List<SourceFile> sources;

  @BeforeAll
  void parseSources() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean skipped = name.equals("target") || name.startsWith(".");
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    sources = SourceFile.parse(ROOT, files);
  }

  @Test
  void shouldSeeTheSourcesOfTheWholeProject() {
    for (String module : List.of("crypto", "gossipsub", "transport", "core", "node")) {
      assertTrue(sources.stream().anyMatch(source -> source.isIn(module)), module);
    }
  }

  @Test
  void shouldKeepEveryFileWithinFiveHundredLines() {
    assertNone(
        source ->
            source.lines() > MAX_FILE_LINES
                ? Stream.of(source.path() + " has " + source.lines() + " lines")
                : Stream.empty());
  }

  @Test
  void shouldKeepTheMedianMainFileSmall() {
    List<Long> lengths =
        sources.stream().filter(s -> !s.isTest()).map(SourceFile::lines).sorted().toList();
    long median = lengths.get(lengths.size() / 2);
    assertTrue(median <= MAX_MEDIAN_LINES, "the median main file has " + median + " lines");
  }

  @Test
  void shouldKeepEveryMethodWithinSeventyLines() {
    assertNone(
        source ->
            source.methods().stream()
                .filter(method -> method.lines() > MAX_METHOD_LINES)
                .filter(method -> !MAY_BE_LONG.containsKey(nameOf(source, method)))
                .map(method -> at(source, method) + " has " + method.lines() + " lines"));
  }

  @Test
  void shouldPrintWhereProgramsTalkOnly() {
    assertNone(
        source ->
            MAY_PRINT.stream().anyMatch(source::isIn) || source.isTest()
                ? Stream.empty()
                : selections(source, "System.out"));
  }

  @Test
  void shouldWaitForConditionsInTestsInsteadOfSleeping() {
    assertNone(source -> source.isTest() ? selections(source, "Thread.sleep") : Stream.empty());
  }

  private static Stream<String> selections(SourceFile source, String text) {
    return source.selections().stream()
        .filter(selection -> selection.text().equals(text))
        .map(selection -> at(source, selection));
  }

  private static String nameOf(SourceFile source, SourceFile.Part method) {
    return source.path().getFileName() + " " + method.text();
  }

  private static String at(SourceFile source, SourceFile.Part part) {
    return source.path() + ":" + part.line() + " " + part.text();
  }

  private void assertNone(Function<SourceFile, Stream<String>> findings) {
    List<String> found = sources.stream().flatMap(findings).toList();
    assertEquals(List.of(), found, () -> String.join("\n", found));
  }
}
