// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  private final Arguments arguments;
  private final Map<String, PairFigures> figures = new LinkedHashMap<>();

  private MossCompare(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Options: see {@link Arguments}. */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args, 2000, Path.of("bench/target/compare-moss.json"));
    MossCompare compare = new MossCompare(arguments);
    compare.run(System.err);
    Report report = compare.report();
    System.out.print(report.table());
    report.writeJson(arguments.json());
    System.exit(0);
  }

  private Report report() {
    String title =
        "Moss, two processes on loopback TCP, %d rounds of %d ms, median [min .. max]"
            .formatted(arguments.rounds(), arguments.durationMs());
    return new Report(
        title,
        figures,
        Arrays.stream(SIZES).mapToObj(Integer::toString).toList(),
        List.of(CONNECT),
        List.of(new Report.Contest("lichen", List.of("native", "native-high-throughput"))));
  }

  private void run(PrintStream progress) throws IOException {
    List<PeerPair> pairs = new ArrayList<>();
    try {
      pairs.add(PeerPair.lichen());
      pairs.add(PeerPair.natives("native"));
      pairs.add(PeerPair.natives("native-high-throughput"));
      for (PeerPair pair : pairs) {
        figures.put(pair.kind(), new PairFigures());
        progress.println("warming up " + pair.kind());
        for (int size : SIZES) {
          pair.burst(size, arguments.durationMs());
        }
        pair.connectMicros(CONNECT_WARMUP, 0);
      }
      for (int round = 1; round <= arguments.rounds(); round++) {
        progress.println("round " + round + " of " + arguments.rounds());
        measure(pairs);
      }
      for (PeerPair pair : pairs) {
        figures(pair).peakResidentMegabytes = pair.peakResidentMegabytes();
      }
    } finally {
      pairs.forEach(PeerPair::close);
    }
  }

  private void measure(List<PeerPair> pairs) {
    for (int size : SIZES) {
      for (PeerPair pair : pairs) {
        figures(pair).bursts(Integer.toString(size)).add(pair.burst(size, arguments.durationMs()));
      }
    }
    for (PeerPair pair : pairs) {
      figures(pair)
          .micros(CONNECT)
          .add(Spread.of(pair.connectMicros(3, CONNECTS_PER_ROUND)).median());
    }
  }

  private PairFigures figures(PeerPair pair) {
    PairFigures of = figures.get(pair.kind());
    if (of == null) {
      throw new IllegalStateException("no figures for " + pair.kind());
    }
    return of;
  }
}
