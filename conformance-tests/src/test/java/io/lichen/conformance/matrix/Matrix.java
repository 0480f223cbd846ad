// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was shown between whom: scenarios as rows, pairs as columns. Thread-safe. */
final class Matrix {
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private final Set<String> remarks = new TreeSet<>();

  synchronized void record(String scenario, String column, String mark) {
    columns.add(column);
    rows.computeIfAbsent(scenario, row -> new LinkedHashMap<>())
        .merge(column, mark, (before, now) -> before.equals("ok") ? now : before);
  }

  synchronized void remark(String text) {
    remarks.add(text);
  }

  /** The matrix as a Markdown table with remarks below. */
  synchronized String toMarkdown() {
    List<String> lines = new ArrayList<>();
    List<String> sorted = columns.stream().sorted().toList();
    lines.add("| Scenario | " + String.join(" | ", sorted) + " |");
    lines.add("|---|" + "---|".repeat(sorted.size()));
    rows.forEach(
        (scenario, cells) -> {
          List<String> marks = sorted.stream().map(c -> cells.getOrDefault(c, "–")).toList();
          lines.add("| " + scenario + " | " + String.join(" | ", marks) + " |");
        });
    lines.add("");
    lines.add("ok: shown in this run; FAILED: not; skipped: could not be tried; –: does not apply");
    remarks.forEach(remark -> lines.add("- " + remark));
    return String.join("\n", lines) + "\n";
  }
}
