// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import io.lichen.conformance.vectors.VectorCheck.Deviation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What came of a run. */
public final class VectorReport {
  /** Counts of one kind. */
  private static final class Row {
    private String state = "run";
    private int vectors;
    private int failed;
    private int deviations;
  }

  private final Map<String, Row> rows = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final Map<String, Integer> otherFiles = new TreeMap<>();

  void ran(Vector vector, List<String> differences, List<Deviation> deviations) {
    Row row = row(vector, "run");
    if (!differences.isEmpty()) {
      row.failed++;
      failures.add(title(vector) + "\n    " + String.join("\n    ", differences));
    }
    row.deviations += deviations.size();
    for (Deviation deviation : deviations) {
      reasons.merge(
          vector.kind() + " \"" + vector.name() + "\": " + deviation.reason(), 1, Integer::sum);
    }
  }

  void later(Vector vector, String step) {
    row(vector, "later: " + step);
  }

  void never(Vector vector, String reason) {
    row(vector, "never: " + reason);
  }

  void unknown(Vector vector) {
    row(vector, "UNKNOWN").failed++;
    failures.add(title(vector) + "\n    nobody knows this kind");
  }

  void file(VectorFile file) {
    if (file.note().isEmpty()) {
      failures.add(file.source() + "\n    nobody knows this file");
    } else {
      otherFiles.merge(file.note(), 1, Integer::sum);
    }
  }

  /** Whether everything was as recorded, and nothing was unknown. */
  public boolean isGood() {
    return failures.isEmpty();
  }

  /** What was not, with where. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** The kinds of which at least one vector failed or is unknown. */
  public Set<String> failedKinds() {
    Set<String> kinds = new TreeSet<>();
    rows.forEach(
        (kind, row) -> {
          if (row.failed > 0) {
            kinds.add(kind);
          }
        });
    return kinds;
  }

  /** How many vectors of a kind, written {@code format/kind}, were seen. */
  public int count(String qualifiedKind) {
    Row row = rows.get(qualifiedKind);
    return row == null ? 0 : row.vectors;
  }

  /** States and counts by kind, deviations with their reasons, files that others read. */
  public String table() {
    StringBuilder out = new StringBuilder();
    line(out, "kind", "vectors", "failed", "on purpose", "state");
    rows.forEach(
        (kind, row) -> {
          boolean ran = row.state.equals("run");
          line(
              out,
              kind,
              "" + row.vectors,
              ran || row.failed > 0 ? "" + row.failed : "-",
              row.deviations > 0 ? "" + row.deviations : "-",
              row.state);
        });
    if (!reasons.isEmpty()) {
      out.append("\nOtherwise on purpose:\n");
      reasons.forEach((reason, count) -> out.append("  %4d %s%n".formatted(count, reason)));
    }
    if (!otherFiles.isEmpty()) {
      out.append("\nOther files:\n");
      otherFiles.forEach((note, count) -> out.append("  %4d %s%n".formatted(count, note)));
    }
    return out.toString();
  }

  private static void line(
      StringBuilder out, String kind, String vectors, String failed, String purpose, String state) {
    Object[] cells = {kind, vectors, failed, purpose, state};
    out.append(String.format(Locale.ROOT, "%-40s %8s %7s %11s  %s\n", cells));
  }

  private Row row(Vector vector, String state) {
    Row row = rows.computeIfAbsent(vector.qualifiedKind(), kind -> new Row());
    row.state = state;
    row.vectors++;
    return row;
  }

  private static String title(Vector vector) {
    return vector.source() + ": " + vector.kind() + " \"" + vector.name() + '"';
  }
}
