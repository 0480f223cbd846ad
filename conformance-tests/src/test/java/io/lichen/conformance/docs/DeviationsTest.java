// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;

/** docs/wire/moss-mesh.md, "Where Lichen deliberately differs", against our tests. */
class DeviationsTest {
  private static final String TITLE = "## Where Lichen deliberately differs from v0.8.19";
  private static final int TEST_CELL = 3;

  @Test
  void shouldNameATestForEveryDifference() throws IOException {
    List<String> rows = rows();
    assertTrue(rows.size() >= 26, () -> rows.size() + " rows");
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      assertEquals(5, cells.length, row);
      List<MatchResult> tests = NamedTests.NAME.matcher(cells[TEST_CELL]).results().toList();
      assertFalse(tests.isEmpty(), row);
      for (MatchResult test : tests) {
        assertTrue(NamedTests.exists(test), () -> "there is no test " + test.group() + ": " + row);
      }
    }
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(NamedTests.ROOT.resolve("docs/wire/moss-mesh.md")).stream()
        .dropWhile(line -> !line.equals(TITLE))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .toList();
  }
}
