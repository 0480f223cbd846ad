// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What was measured of one pair, round by round: bursts and times, each by what it shows. */
public final class PairFigures {
  /** The larger peak resident size of the two processes, in megabytes (10^6 bytes). */
  public double peakResidentMegabytes;

  private final Map<String, List<Burst>> bursts = new HashMap<>();
  private final Map<String, List<Double>> micros = new HashMap<>();

  /** The bursts of one row, to be added to. */
  public List<Burst> bursts(String row) {
    return bursts.computeIfAbsent(row, any -> new ArrayList<>());
  }

  /** The times of one kind in microseconds, to be added to. */
  public List<Double> micros(String what) {
    return micros.computeIfAbsent(what, any -> new ArrayList<>());
  }

  /** Whether there are bursts of a row. */
  public boolean has(String row) {
    return !bursts(row).isEmpty();
  }

  /** What the bursts of a row show of one figure; there must be some. */
  public Spread spread(String row, ToDoubleFunction<Burst> figure) {
    return Spread.of(bursts(row).stream().mapToDouble(figure).boxed().toList());
  }

  long lost(String row) {
    return sum(row, burst -> Math.max(0, burst.sent() - burst.delivered()));
  }

  long sent(String row) {
    return sum(row, Burst::sent);
  }

  long duplicates(String row) {
    return sum(row, Burst::duplicates);
  }

  private long sum(String row, ToLongFunction<Burst> figure) {
    return bursts(row).stream().mapToLong(figure).sum();
  }
}
