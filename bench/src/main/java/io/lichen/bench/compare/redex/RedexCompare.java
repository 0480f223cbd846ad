// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import static io.lichen.bench.compare.redex.LogPeer.CHANNEL;
import static io.lichen.bench.compare.redex.LogPeer.CHRONICLE;
import static io.lichen.bench.compare.redex.LogPeer.LICHEN;
import static io.lichen.bench.compare.redex.LogPeer.NATIVE;

import io.lichen.bench.compare.Arguments;
import io.lichen.bench.compare.PairFigures;
import io.lichen.bench.compare.Report;
import io.lichen.bench.compare.Rounds;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Logs of Lichen, of the native, of Chronicle Queue and bare files, a process each, on the same
 * disk. docs/benchmarks.md says how to read the figures.
 */
final class RedexCompare {
  /** The native without what calls from Python cost. */
  static final String NET = "native net";

  private static final String LEGEND =
      """
      Logs, a process each, every load on new files, %d rounds, median [min .. max]
      native: the Python package, call by call; native net: without what the calls cost by themselves
      chronicle: Chronicle Queue as it comes; channel: one write to one file for each append
      forced: each append returns when it is on the disk; lichen has 32 writers, channel too with a force for each;
      "alone" is one writer
      """
          .stripTrailing();
  private static final long WARM_UP_RECORDS = 300_000;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int STAMPS = 20_000;
  private static final long GAP_NS = 10_000;
  private static final long LATENCY_LIMIT_MICROS = 5;
  private static final String ALONE = " alone";
  private static final String LATENCY = "append to tail p50";
  private static final String LATENCY_HIGH = "append to tail p99";
  private static final String REOPEN = "reopen of 10^6";

  private static final List<LogLoad> SINGLES =
      List.of(LogLoad.SMALL, LogLoad.MIDDLE, LogLoad.LARGE);
  private static final List<LogLoad> BATCHES = List.of(LogLoad.SMALL_BATCH, LogLoad.MIDDLE_BATCH);

  private static final List<Goal> GOALS =
      List.of(
          new Goal(LogLoad.SMALL.row(), NET, 3),
          new Goal(LogLoad.MIDDLE.row(), NET, 1.5),
          new Goal(LogLoad.SMALL.row(), CHRONICLE, 0.9),
          new Goal(LogLoad.MIDDLE.row(), CHRONICLE, 0.9),
          new Goal(LogLoad.SMALL_BATCH.row(), NET, 1),
          new Goal(LogLoad.FORCED.row(), LICHEN + ALONE, 8),
          new Goal(LATENCY, "", LATENCY_LIMIT_MICROS),
          new Goal(REOPEN, NATIVE, 1));

  private RedexCompare() {}

  /**
   * Options: see {@link Arguments}; {@code --only NAME;NAME} for some of the kinds, {@code --dir
   * DIRECTORY} for where the logs lie.
   */
  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args, 0, Path.of("bench/target/compare-redex.json"));
    Path directory =
        Path.of(Arguments.option(args, "--dir", "bench/target/compare-redex")).toAbsolutePath();
    Files.createDirectories(directory);
    try (Rounds<LogPeer> rounds = new Rounds<>()) {
      add(rounds, Arguments.option(args, "--only", ""), directory);
      rounds.warmUp((peer, figures) -> warmUp(peer));
      rounds.measure(arguments.rounds(), steps(rounds));
      Report report = report(arguments, rounds);
      System.out.print(report.table());
      GOALS.forEach(goal -> System.out.print(goal.verdict(rounds.figures())));
      report.writeJson(arguments.json());
    }
    System.exit(0);
  }

  private static void add(Rounds<LogPeer> rounds, String only, Path directory) throws IOException {
    List<String> wanted =
        only.isEmpty() ? List.of(LICHEN, NATIVE, CHRONICLE, CHANNEL) : List.of(only.split(";"));
    for (String name : wanted) {
      if (!name.equals(NATIVE)) {
        rounds.add(LogPeer.jvm(name, directory));
        continue;
      }
      Optional<Path> python = NativePackage.python(NativeVersion.V0_34);
      if (python.isPresent()) {
        rounds.add(LogPeer.ofNative(python.get(), directory));
      } else {
        System.err.println("WITHOUT THE NATIVE: " + NativePackage.howToGet(NativeVersion.V0_34));
      }
    }
  }

  private static void warmUp(LogPeer peer) {
    for (int round = 0; round < (peer.is(NATIVE) ? 1 : WARM_UP_ROUNDS); round++) {
      loads(peer).forEach(load -> peer.append(load.of(WARM_UP_RECORDS)));
    }
    if (peer.is(LICHEN, NATIVE, CHRONICLE)) {
      peer.latencyMicros(STAMPS, GAP_NS);
      peer.keep(LogLoad.KEPT);
      if (peer.is(LICHEN)) {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
          peer.reopenMicros(LogLoad.KEPT.records());
        }
      }
    }
  }

  /**
   * What a kind takes part in: Chronicle has no batches, the native's package panics at policies.
   */
  private static List<LogLoad> loads(LogPeer peer) {
    List<LogLoad> loads = new ArrayList<>(SINGLES);
    if (!peer.is(CHRONICLE)) {
      loads.addAll(BATCHES);
      loads.add(peer.is(NATIVE) ? LogLoad.FORCED_ALONE : LogLoad.FORCED);
    }
    if (peer.is(LICHEN)) {
      loads.addAll(LogLoad.POLICIES);
    }
    return loads;
  }

  private static List<Rounds.Step<LogPeer>> steps(Rounds<LogPeer> rounds) {
    List<Rounds.Step<LogPeer>> steps = new ArrayList<>();
    Stream.of(SINGLES, BATCHES, LogLoad.POLICIES, List.of(LogLoad.FORCED, LogLoad.FORCED_ALONE))
        .flatMap(List::stream)
        .forEach(
            load ->
                steps.add(
                    (peer, figures) -> {
                      if (loads(peer).contains(load)) {
                        append(peer, load, figures, rounds);
                      }
                    }));
    steps.add((peer, figures) -> appendAlone(peer, rounds));
    steps.add(RedexCompare::measureReading);
    return steps;
  }

  private static void append(
      LogPeer peer, LogLoad load, PairFigures figures, Rounds<LogPeer> rounds) {
    LogPeer.Appended appended = peer.append(load);
    figures.bursts(load.row()).add(appended.raw());
    if (peer.is(NATIVE)) {
      figures(rounds, NET).bursts(load.row()).add(appended.net());
    }
  }

  /** A force for each append, with nobody to share it with; nor has the system, for the file. */
  private static void appendAlone(LogPeer peer, Rounds<LogPeer> rounds) {
    if (peer.is(LICHEN, CHANNEL)) {
      figures(rounds, peer.name() + ALONE)
          .bursts(LogLoad.FORCED_ALONE.row())
          .add(peer.append(LogLoad.FORCED_ALONE).raw());
    }
  }

  private static PairFigures figures(Rounds<LogPeer> rounds, String name) {
    return rounds.figures().computeIfAbsent(name, any -> new PairFigures());
  }

  private static void measureReading(LogPeer peer, PairFigures figures) {
    if (peer.is(CHANNEL)) {
      return;
    }
    double[] latency = peer.latencyMicros(STAMPS, GAP_NS);
    figures.micros(LATENCY).add(latency[0]);
    figures.micros(LATENCY_HIGH).add(latency[1]);
    figures.bursts(LogLoad.KEPT.row()).add(peer.read(LogLoad.KEPT));
    if (peer.is(LICHEN, NATIVE)) {
      figures.micros(REOPEN).add(peer.reopenMicros(LogLoad.KEPT.records()));
    }
  }

  private static Report report(Arguments arguments, Rounds<LogPeer> rounds) {
    List<String> rows =
        Stream.of(SINGLES, BATCHES, LogLoad.POLICIES, List.of(LogLoad.FORCED))
            .flatMap(List::stream)
            .map(LogLoad::row)
            .toList();
    return new Report(
        LEGEND.formatted(arguments.rounds()),
        rounds.figures(),
        Stream.concat(rows.stream(), Stream.of(LogLoad.KEPT.row())).toList(),
        List.of(LATENCY, LATENCY_HIGH, REOPEN),
        List.of(
            new Report.Contest(LICHEN, List.of(NATIVE)),
            new Report.Contest(LICHEN, List.of(NET)),
            new Report.Contest(LICHEN, List.of(CHRONICLE)),
            new Report.Contest(LICHEN, List.of(CHANNEL)),
            new Report.Contest(LICHEN, List.of(LICHEN + ALONE)),
            new Report.Contest(LICHEN, List.of(CHANNEL + ALONE))));
  }
}
