// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import static io.lichen.bench.compare.net.NetKind.INLINE;
import static io.lichen.bench.compare.net.NetKind.LICHEN;
import static io.lichen.bench.compare.net.NetKind.NATIVE;
import static io.lichen.bench.compare.net.NetKind.TRANSPORT;

import io.lichen.bench.compare.Arguments;
import io.lichen.bench.compare.PairFigures;
import io.lichen.bench.compare.Report;
import io.lichen.bench.compare.Rounds;
import io.lichen.bench.compare.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lichen–Lichen, native–native and mixed pairs on loopback UDP, two processes each.
 * docs/benchmarks.md says how to read the figures.
 */
final class NetCompare {
  private static final String LEGEND =
      """
      Net, two processes on loopback UDP, %d rounds of %d ms, median [min .. max]
      defaults: both as they come, windows of 64 KiB, blocking sends (the native's sleeps 5 ms when full)
      tuned: "again" asks again at once when the window is full; "1 MiB" has windows of that size
      lichen is NetNode; inline: its subscribers are called on the network thread and send from there; transport: what is below
      the mixed pairs have 64 KiB
      """
          .stripTrailing();
  private static final int WIDE_WINDOW_BYTES = 1 << 20;
  private static final int CONNECTS_PER_ROUND = 30;
  private static final int WARM_UP_CONNECTS = 2000;
  private static final int OTHER_WARM_UP_CONNECTS = 10;

  /** Bursts of each load before a pair with Lichen counts as compiled. */
  private static final int WARM_UP_BURSTS = 4;

  /**
   * Round trips, as calls of {@link #ROUND_TRIPS}, before a pair with Lichen counts as compiled.
   */
  private static final int WARM_UP_TRIPS = 10;

  private static final int ROUND_TRIPS = 2000;
  private static final int ROUND_TRIP_BYTES = 64;
  private static final String HANDSHAKE = "handshake";
  private static final String ROUND_TRIP = "round trip p50";
  private static final String ROUND_TRIP_TAIL = "round trip p99";

  private NetCompare() {}

  /** Options: see {@link Arguments}, and {@code --only NAME;NAME} for some of the pairs. */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args, 400, Path.of("bench/target/compare-net.json"));
    try (Rounds<NetPair> rounds = new Rounds<>()) {
      addPairs(rounds, Arguments.option(args, "--only", ""));
      rounds.warmUp((pair, figures) -> warmUp(pair, arguments.durationMs()));
      rounds.measure(arguments.rounds(), steps(arguments.durationMs()));
      Report report = report(arguments, rounds);
      System.out.print(report.table());
      report.writeJson(arguments.json());
    }
    System.exit(0);
  }

  private static Report report(Arguments arguments, Rounds<NetPair> rounds) {
    return new Report(
        LEGEND.formatted(arguments.rounds(), arguments.durationMs()),
        rounds.figures(),
        NetLoad.ALL.stream().map(NetLoad::row).toList(),
        List.of(HANDSHAKE, ROUND_TRIP, ROUND_TRIP_TAIL),
        List.of(
            new Report.Contest("lichen defaults", List.of("native defaults")),
            new Report.Contest("lichen defaults", List.of("native again")),
            new Report.Contest("lichen inline", List.of("native defaults")),
            new Report.Contest("lichen 1 MiB", List.of("native 1 MiB again"))));
  }

  private static void addPairs(Rounds<NetPair> rounds, String only) throws IOException {
    List<String> wanted = only.isEmpty() ? List.of() : List.of(only.split(";"));
    add(rounds, wanted, "lichen defaults", LICHEN, LICHEN);
    add(rounds, wanted, "native defaults", NATIVE, NATIVE);
    add(rounds, wanted, "native again", NATIVE, NATIVE);
    add(rounds, wanted, "lichen 1 MiB", LICHEN, LICHEN);
    add(rounds, wanted, "native 1 MiB again", NATIVE, NATIVE);
    add(rounds, wanted, "lichen inline", INLINE, INLINE);
    add(rounds, wanted, "transport", TRANSPORT, TRANSPORT);
    add(rounds, wanted, "lichen to native", LICHEN, NATIVE);
    add(rounds, wanted, "native to lichen again", NATIVE, LICHEN);
  }

  private static void add(
      Rounds<NetPair> rounds, List<String> wanted, String name, NetKind from, NetKind to)
      throws IOException {
    if (!wanted.isEmpty() && !wanted.contains(name)) {
      return;
    }
    NetPair pair = NetPair.start(name, from, to);
    if (name.endsWith("again")) {
      pair.again();
    }
    if (name.contains("1 MiB")) {
      pair.windowBytes(WIDE_WINDOW_BYTES);
    }
    rounds.add(pair);
  }

  private static void warmUp(NetPair pair, long durationMs) throws IOException {
    for (int i = 0; i < (pair.isNative() ? 1 : WARM_UP_BURSTS); i++) {
      for (NetLoad load : NetLoad.ALL) {
        pair.burst(load, durationMs);
      }
    }
    if (pair.isDefault()) {
      for (int i = 0; i < (pair.isNative() ? 1 : WARM_UP_TRIPS); i++) {
        pair.roundTripMicros(ROUND_TRIP_BYTES, ROUND_TRIPS);
      }
      pair.connectMicros(pair.isLichen() ? WARM_UP_CONNECTS : OTHER_WARM_UP_CONNECTS);
    }
  }

  private static List<Rounds.Step<NetPair>> steps(long durationMs) {
    List<Rounds.Step<NetPair>> steps = new ArrayList<>();
    for (NetLoad load : NetLoad.ALL) {
      steps.add((pair, figures) -> figures.bursts(load.row()).add(pair.burst(load, durationMs)));
    }
    steps.add(NetCompare::measureTimes);
    return steps;
  }

  /** A window makes no difference to the times of single events. */
  private static void measureTimes(NetPair pair, PairFigures figures) throws IOException {
    if (!pair.isDefault()) {
      return;
    }
    List<Double> trips = pair.roundTripMicros(ROUND_TRIP_BYTES, ROUND_TRIPS);
    figures.micros(ROUND_TRIP).add(Spread.of(trips).median());
    figures.micros(ROUND_TRIP_TAIL).add(percentile99(trips));
    figures.micros(HANDSHAKE).add(Spread.of(pair.connectMicros(CONNECTS_PER_ROUND)).median());
  }

  private static double percentile99(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() * 99 / 100);
  }
}
