// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs that live through a whole comparison and take turns, row by row and round by round, so that
 * the machine's moods meet all of them; and what was measured of each. Standard error says how far
 * it is.
 *
 * @param <P> the pairs, which it owns
 */
public final class Rounds<P extends Rounds.Pair> implements AutoCloseable {
  /** Two processes under measurement. */
  public interface Pair extends AutoCloseable {
    /** As reports call it. */
    String name();

    /** The larger peak resident size of the two, in megabytes (10^6 bytes). */
    double peakResidentMegabytes();

    @Override
    void close();
  }

  /** Something that is done with each pair in turn. */
  @FunctionalInterface
  public interface Step<P> {
    /** Does it with one pair; what it measures goes to the figures. */
    void take(P pair, PairFigures figures) throws IOException;
  }

  private final List<P> pairs = new ArrayList<>();
  private final Map<String, PairFigures> figures = new LinkedHashMap<>();

  /** Takes a pair over. */
  public void add(P pair) {
    pairs.add(pair);
    figures.put(pair.name(), new PairFigures());
  }

  /** Does something with each pair of which nothing is kept. */
  public void warmUp(Step<P> step) throws IOException {
    for (P pair : pairs) {
      System.err.println("warming up " + pair.name());
      step.take(pair, new PairFigures());
    }
  }

  /** Does each step with all pairs, so many times; then asks for their memory. */
  public void measure(int rounds, List<Step<P>> steps) throws IOException {
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round + " of " + rounds);
      for (Step<P> step : steps) {
        for (P pair : pairs) {
          step.take(pair, figures(pair));
        }
      }
    }
    for (P pair : pairs) {
      figures(pair).peakResidentMegabytes = pair.peakResidentMegabytes();
    }
  }

  private PairFigures figures(P pair) {
    return figures.computeIfAbsent(pair.name(), any -> new PairFigures());
  }

  /** What was measured, by pair. */
  public Map<String, PairFigures> figures() {
    return figures;
  }

  @Override
  public void close() {
    pairs.forEach(Pair::close);
  }
}
