// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import io.lichen.bench.compare.Arguments;
import io.lichen.bench.compare.PairFigures;
import io.lichen.bench.compare.Report;
import io.lichen.bench.compare.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lichen–Lichen, native–native and mixed pairs on loopback UDP, two processes each. All pairs live
 * through the whole run and take turns, row by row and round by round. docs/benchmarks.md says how
 * to read the figures.
 */
final class NetCompare {
  private static final int WIDE_WINDOW_BYTES = 1 << 20;
  private static final int DEFAULT_WINDOW_BYTES = 64 * 1024;
  private static final int CONNECTS_PER_ROUND = 30;
  private static final int WARM_UP_CONNECTS = 1000;
  private static final int OTHER_WARM_UP_CONNECTS = 10;
  private static final int ROUND_TRIPS = 2000;
  private static final int ROUND_TRIP_BYTES = 64;
  private static final String HANDSHAKE = "handshake";
  private static final String ROUND_TRIP = "round trip p50";
  private static final String ROUND_TRIP_TAIL = "round trip p99";

  private final Arguments arguments;
  private final String only;
  private final Map<String, PairFigures> figures = new LinkedHashMap<>();

  private NetCompare(Arguments arguments, String only) {
    this.arguments = arguments;
    this.only = only;
  }

  /** Options: see {@link Arguments}, and {@code --only NAME;NAME} for some of the pairs. */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args, 1000, Path.of("bench/target/compare-net.json"));
    NetCompare compare = new NetCompare(arguments, Arguments.option(args, "--only", ""));
    compare.run(System.err);
    Report report = compare.report();
    System.out.print(report.table());
    report.writeJson(arguments.json());
    System.exit(0);
  }

  private Report report() {
    return new Report(
        "Net, two processes on loopback UDP, %d rounds of %d ms, median [min .. max]"
            .formatted(arguments.rounds(), arguments.durationMs()),
        figures,
        NetLoad.ALL.stream().map(NetLoad::row).toList(),
        List.of(HANDSHAKE, ROUND_TRIP, ROUND_TRIP_TAIL),
        List.of(
            new Report.Contest("lichen", List.of("native")),
            new Report.Contest("lichen 1 MiB", List.of("native 1 MiB, again"))));
  }

  private List<NetPair> pairs() throws IOException {
    NetKind lichen = NetKind.LICHEN;
    NetKind natives = NetKind.NATIVE;
    List<NetPair> pairs = new ArrayList<>();
    add(pairs, "lichen", lichen, lichen, DEFAULT_WINDOW_BYTES, false);
    add(pairs, "native", natives, natives, DEFAULT_WINDOW_BYTES, false);
    add(pairs, "lichen 1 MiB", lichen, lichen, WIDE_WINDOW_BYTES, false);
    add(pairs, "native 1 MiB, again", natives, natives, WIDE_WINDOW_BYTES, true);
    add(pairs, "lichen to native", lichen, natives, DEFAULT_WINDOW_BYTES, false);
    add(pairs, "native to lichen", natives, lichen, DEFAULT_WINDOW_BYTES, true);
    return pairs;
  }

  private void add(
      List<NetPair> pairs, String name, NetKind from, NetKind to, int windowBytes, boolean again)
      throws IOException {
    if (only.isEmpty() || List.of(only.split(";")).contains(name)) {
      pairs.add(new NetPair(name, from, to, windowBytes, again));
    }
  }

  private void run(PrintStream progress) throws IOException {
    List<NetPair> pairs = pairs();
    try {
      for (NetPair pair : pairs) {
        progress.println("warming up " + pair.name());
        warmUp(pair);
      }
      for (int round = 1; round <= arguments.rounds(); round++) {
        progress.println("round " + round + " of " + arguments.rounds());
        measure(pairs);
      }
      for (NetPair pair : pairs) {
        figures(pair).peakResidentMegabytes = pair.peakResidentMegabytes();
      }
    } finally {
      pairs.forEach(NetPair::close);
    }
  }

  private void warmUp(NetPair pair) throws IOException {
    for (NetLoad load : NetLoad.ALL) {
      pair.burst(load, arguments.durationMs());
    }
    if (pair.windowBytes() != DEFAULT_WINDOW_BYTES) {
      return;
    }
    pair.roundTripMicros(ROUND_TRIP_BYTES, ROUND_TRIPS);
    pair.connectMicros(pair.isLichen() ? WARM_UP_CONNECTS : OTHER_WARM_UP_CONNECTS);
  }

  private void measure(List<NetPair> pairs) throws IOException {
    for (NetLoad load : NetLoad.ALL) {
      for (NetPair pair : pairs) {
        figures(pair).bursts(load.row()).add(pair.burst(load, arguments.durationMs()));
      }
    }
    for (NetPair pair : pairs) {
      if (pair.windowBytes() != DEFAULT_WINDOW_BYTES) {
        continue; // A window makes no difference to the times of single events.
      }
      List<Double> trips = pair.roundTripMicros(ROUND_TRIP_BYTES, ROUND_TRIPS);
      figures(pair).micros(ROUND_TRIP).add(Spread.of(trips).median());
      figures(pair).micros(ROUND_TRIP_TAIL).add(percentile99(trips));
      List<Double> connects = pair.connectMicros(CONNECTS_PER_ROUND);
      figures(pair).micros(HANDSHAKE).add(Spread.of(connects).median());
    }
  }

  private static double percentile99(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() * 99 / 100);
  }

  private PairFigures figures(NetPair pair) {
    return figures.computeIfAbsent(pair.name(), any -> new PairFigures());
  }
}
