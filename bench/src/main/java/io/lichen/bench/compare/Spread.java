// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.util.List;

/** Median, minimum and maximum of some figures. */
public record Spread(double median, double min, double max) {
  /** The spread of at least one figure. */
  public static Spread of(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }
}
