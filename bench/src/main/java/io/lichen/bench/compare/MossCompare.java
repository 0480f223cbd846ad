// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lichen–Lichen against libmoss–libmoss, two processes each, on loopback TCP. All pairs live
 * through the whole run and take turns, size by size and round by round, so that the machine's
 * moods meet all of them. Figures are medians over the rounds with their spread; docs/benchmarks.md
 * says how to read them.
 */
final class MossCompare {
  private static final int[] SIZES = {64, 1024, 16_384, 60_000};
  private static final int CONNECT_WARMUP = 1000;
  private static final int CONNECTS_PER_ROUND = 40;

  private static final String CONNECT = "connect";

  private MossCompare() {}

  /** Options: see {@link Arguments}. */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args, 2000, Path.of("bench/target/compare-moss.json"));
    try (Rounds<PeerPair> rounds = new Rounds<>()) {
      rounds.add(PeerPair.lichen());
      rounds.add(PeerPair.natives("native"));
      rounds.add(PeerPair.natives("native-high-throughput"));
      rounds.warmUp((pair, figures) -> warmUp(pair, arguments.durationMs()));
      rounds.measure(arguments.rounds(), steps(arguments.durationMs()));
      Report report = report(arguments, rounds);
      System.out.print(report.table());
      report.writeJson(arguments.json());
    }
    System.exit(0);
  }

  private static Report report(Arguments arguments, Rounds<PeerPair> rounds) {
    String title =
        "Moss, two processes on loopback TCP, %d rounds of %d ms, median [min .. max]"
            .formatted(arguments.rounds(), arguments.durationMs());
    return new Report(
        title,
        rounds.figures(),
        Arrays.stream(SIZES).mapToObj(Integer::toString).toList(),
        List.of(CONNECT),
        List.of(new Report.Contest("lichen", List.of("native", "native-high-throughput"))));
  }

  private static void warmUp(PeerPair pair, long durationMs) {
    for (int size : SIZES) {
      pair.burst(size, durationMs);
    }
    pair.connectMicros(CONNECT_WARMUP, 0);
  }

  private static List<Rounds.Step<PeerPair>> steps(long durationMs) {
    List<Rounds.Step<PeerPair>> steps = new ArrayList<>();
    for (int size : SIZES) {
      steps.add(
          (pair, figures) ->
              figures.bursts(Integer.toString(size)).add(pair.burst(size, durationMs)));
    }
    steps.add(
        (pair, figures) ->
            figures
                .micros(CONNECT)
                .add(Spread.of(pair.connectMicros(3, CONNECTS_PER_ROUND)).median()));
    return steps;
  }
}
