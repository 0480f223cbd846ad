// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, beside what is asked for. Not thread-safe. */
final class Figures {
  private record Row(String what, String asked, String measured, String verdict) {
    String line() {
      return String.format(Locale.ROOT, "%-52s %14s %24s  %s", what, asked, measured, verdict)
          .stripTrailing();
    }
  }

  private final List<Row> rows = new ArrayList<>();

  /** A line above the figures of one run. */
  void title(String text) {
    rows.add(new Row(text, "", "", ""));
  }

  /** A figure that must not be above a limit. */
  void atMost(String what, double measured, double asked, String unit) {
    judged(what, measured, "<= ", asked, unit, measured <= asked);
  }

  /** A figure that must not be below a limit. */
  void atLeast(String what, double measured, double asked, String unit) {
    judged(what, measured, ">= ", asked, unit, measured >= asked);
  }

  /** A figure for which nothing is asked but that it be told. */
  void told(String what, double measured, String unit) {
    told(what, number(measured) + " " + unit);
  }

  /** The same of several figures. */
  void told(String what, String measured) {
    rows.add(new Row("  " + what, "", measured, ""));
  }

  /** Everything, as lines. */
  String table() {
    StringBuilder out = new StringBuilder();
    out.append(new Row("", "asked", "measured", "").line()).append('\n');
    rows.forEach(row -> out.append(row.line()).append('\n'));
    return out.toString();
  }

  private void judged(
      String what, double measured, String sign, double asked, String unit, boolean met) {
    rows.add(
        new Row(
            "  " + what,
            sign + number(asked) + " " + unit,
            number(measured) + " " + unit,
            met ? "met" : "NOT MET"));
  }

  /** Three digits that say something. */
  private static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
