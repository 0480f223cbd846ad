// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.bench.compare.Burst;
import io.lichen.bench.compare.LichenJvm;
import io.lichen.bench.compare.PeerProcess;
import io.lichen.bench.compare.Rounds;
import io.lichen.conformance.net.NativePackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A process with logs of one kind, below a directory of its own. */
final class LogPeer implements Rounds.Pair {
  static final String LICHEN = "lichen";
  static final String NATIVE = "native";
  static final String CHRONICLE = "chronicle";
  static final String CHANNEL = "channel";

  private static final String KEPT = "kept";
  private static final double NS_PER_SECOND = 1e9;
  private static final double NS_PER_MICRO = 1e3;

  private final String name;
  private final Path directory;
  private final PeerProcess process;
  private long logs;

  private LogPeer(String name, Path directory, PeerProcess process) {
    this.name = name;
    this.directory = directory;
    this.process = process;
  }

  /** A JVM with logs of one kind. */
  static LogPeer jvm(String name, Path directory) throws IOException {
    List<String> options = new ArrayList<>(LichenJvm.OPTIONS);
    if (name.equals(CHRONICLE)) {
      options.addAll(ChronicleLog.OPTIONS);
    }
    List<String> command = LichenJvm.command(options, LogPeerMain.class, name);
    return new LogPeer(
        name, directory.resolve(name), new PeerProcess(name, command, LichenJvm.ENVIRONMENT));
  }

  /** The native's package in this Python. */
  static LogPeer ofNative(Path python, Path directory) throws IOException {
    Path script = NativePackage.script("redex/native_log_bench.py");
    PeerProcess process =
        new PeerProcess(NATIVE, List.of(python.toString(), script.toString()), Map.of());
    return new LogPeer(NATIVE, directory.resolve(NATIVE), process);
  }

  @Override
  public String name() {
    return name;
  }

  /** What was measured of a load; of a native also without what the calls cost by themselves. */
  record Appended(Burst raw, Burst net) {}

  /** Appends to new logs, which are removed afterwards; the first of several is not measured. */
  Appended append(LogLoad load) {
    LogLoad one = load.ofOneLog();
    FreshPages.provide(directory, one.bytes());
    if (load.logs() > 1) {
      appendToOne(one);
    }
    List<Appended> all = IntStream.range(0, load.logs()).mapToObj(log -> appendToOne(one)).toList();
    return new Appended(
        together(all.stream().map(Appended::raw).toList()),
        together(all.stream().map(Appended::net).toList()));
  }

  /** As many records in as much time. */
  private static Burst together(List<Burst> all) {
    long delivered = all.stream().mapToLong(Burst::delivered).sum();
    double seconds = all.stream().mapToDouble(one -> one.delivered() / one.perSecond()).sum();
    Burst first = all.getFirst();
    double bytesEach = first.megabytesPerSecond() / first.perSecond();
    return new Burst(
        all.stream().mapToLong(Burst::sent).sum(),
        delivered,
        0,
        delivered / seconds,
        delivered / seconds * bytesEach,
        all.stream().mapToDouble(Burst::senderBytesEach).average().orElse(0),
        0);
  }

  private Appended appendToOne(LogLoad load) {
    Path log = directory.resolve(Long.toString(logs++));
    JsonNode reply =
        process.call(
            "append",
            command -> {
              command.put("directory", log.toString());
              load.tell(command);
            });
    remove(log);
    double ns = reply.path("ns").asDouble();
    return new Appended(
        burst(load, reply, ns), burst(load, reply, ns - reply.path("callNs").asDouble()));
  }

  private static Burst burst(LogLoad load, JsonNode reply, double ns) {
    long records = reply.path("records").asLong();
    double perSecond = records / (ns / NS_PER_SECOND);
    return new Burst(
        load.records() / load.writers() * load.writers(),
        records,
        0,
        perSecond,
        perSecond * load.size() / 1e6,
        reply.path("heapBytes").asDouble() / records,
        0);
  }

  /** Makes the log that is opened and read again and again. */
  void keep(LogLoad load) {
    process.call(
        "append",
        command -> {
          command.put("directory", directory.resolve(KEPT).toString());
          load.tell(command);
        });
  }

  /** Microseconds to open the kept log, all of whose records must be there. */
  double reopenMicros(long records) {
    JsonNode reply =
        process.call(
            "reopen", command -> command.put("directory", directory.resolve(KEPT).toString()));
    if (reply.path("records").asLong() != records) {
      throw new IllegalStateException(name + " lost records: " + reply);
    }
    return reply.path("ns").asDouble() / NS_PER_MICRO;
  }

  /** Reads the kept log. */
  Burst read(LogLoad load) {
    JsonNode reply =
        process.call(
            "read",
            command ->
                command
                    .put("directory", directory.resolve(KEPT).toString())
                    .put("records", load.records()));
    if (reply.path("bytes").asLong() != load.records() * load.size()) {
      throw new IllegalStateException(name + " lost records: " + reply);
    }
    return burst(load, reply, reply.path("ns").asDouble());
  }

  /**
   * Microseconds from an append to a thread that follows: median, 99th percentile.
   *
   * @param gapNs between two appends
   */
  double[] latencyMicros(int records, long gapNs) {
    Path log = directory.resolve(Long.toString(logs++));
    JsonNode reply =
        process.call(
            "latency",
            command ->
                command
                    .put("directory", log.toString())
                    .put("records", records)
                    .put("gapNs", gapNs));
    remove(log);
    return new double[] {
      reply.path("p50Ns").asDouble() / NS_PER_MICRO, reply.path("p99Ns").asDouble() / NS_PER_MICRO
    };
  }

  boolean is(String... names) {
    return List.of(names).contains(name);
  }

  private static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public double peakResidentMegabytes() {
    return process.peakResidentMegabytes();
  }

  @Override
  public void close() {
    process.close();
    remove(directory);
  }
}
