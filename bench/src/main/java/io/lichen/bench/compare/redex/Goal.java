// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import io.lichen.bench.compare.Burst;
import io.lichen.bench.compare.PairFigures;
import io.lichen.bench.compare.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Lichen should reach in one row, by medians.
 *
 * @param row of bursts, or of times
 * @param other with whom it is compared; empty: with nobody
 * @param factor at least so many times as fast as the other; of a time alone, at most so many
 *     microseconds
 */
record Goal(String row, String other, double factor) {
  /** A line that says whether it is reached; none if one of the two was not measured. */
  String verdict(Map<String, PairFigures> figures) {
    double reached = reached(figures);
    if (Double.isNaN(reached)) {
      return "";
    }
    boolean holds = other.isEmpty() ? reached <= factor : reached >= factor;
    return String.format(
        Locale.ROOT,
        "goal %-22s %-14s %s %.1f: %.2f, %s%n",
        row,
        other,
        other.isEmpty() ? "us, at most" : "x, at least",
        factor,
        reached,
        holds ? "holds" : "FAILS");
  }

  private double reached(Map<String, PairFigures> figures) {
    PairFigures ours = figures.getOrDefault(LogPeer.LICHEN, new PairFigures());
    PairFigures theirs = figures.getOrDefault(other, new PairFigures());
    List<Double> micros = ours.micros(row);
    if (other.isEmpty()) {
      return micros.isEmpty() ? Double.NaN : Spread.of(micros).median();
    }
    if (!micros.isEmpty() && !theirs.micros(row).isEmpty()) {
      return Spread.of(theirs.micros(row)).median() / Spread.of(micros).median();
    }
    return ours.has(row) && theirs.has(row)
        ? ours.spread(row, Burst::perSecond).median()
            / theirs.spread(row, Burst::perSecond).median()
        : Double.NaN;
  }
}
