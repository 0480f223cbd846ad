// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
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
  /** The options that the launcher runs a node with. */
  static final List<String> LICHEN_JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx64m",
          "-Xmn20m",
          "-XX:SurvivorRatio=2",
          "-XX:TrimNativeHeapInterval=1000",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:+UseCompactObjectHeaders",
          "--add-modules=jdk.incubator.vector");

  private static final List<String> NATIVE_JVM = List.of("-XX:+UseSerialGC", "-Xmx256m");
  private static final int[] SIZES = {64, 1024, 16_384, 60_000};
  private static final int CONNECT_WARMUP = 1000;
  private static final int CONNECTS_PER_ROUND = 40;

  private final int rounds;
  private final long durationMs;
  private final Map<String, PairFigures> figures = new LinkedHashMap<>();

  private MossCompare(int rounds, long durationMs) {
    this.rounds = rounds;
    this.durationMs = durationMs;
  }

  /** Options: {@code --rounds N} (5), {@code --duration-ms N} (2000), {@code --json FILE}. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(option(args, "--rounds", "5"));
    long durationMs = Long.parseLong(option(args, "--duration-ms", "2000"));
    Path json = Path.of(option(args, "--json", "bench/target/compare-moss.json"));
    MossCompare compare = new MossCompare(rounds, durationMs);
    compare.run(System.err);
    Report report = new Report(compare.figures, SIZES, rounds, durationMs);
    System.out.print(report.table());
    report.writeJson(json);
    System.exit(0);
  }

  private static String option(String[] args, String name, String fallback) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return fallback;
  }

  private void run(PrintStream progress) throws IOException {
    List<PeerPair> pairs = new ArrayList<>();
    try {
      pairs.add(new PeerPair("lichen", LICHEN_JVM));
      pairs.add(new PeerPair("native", NATIVE_JVM));
      pairs.add(new PeerPair("native-high-throughput", NATIVE_JVM));
      for (PeerPair pair : pairs) {
        figures.put(pair.kind(), new PairFigures());
        progress.println("warming up " + pair.kind());
        for (int size : SIZES) {
          pair.burst(size, durationMs);
        }
        pair.connectMicros(CONNECT_WARMUP, 0);
      }
      for (int round = 1; round <= rounds; round++) {
        progress.println("round " + round + " of " + rounds);
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
        figures(pair).bursts(size).add(pair.burst(size, durationMs));
      }
    }
    for (PeerPair pair : pairs) {
      figures(pair)
          .connectMicros
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
