// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two processes of one kind, connected; one publishes, the other counts. They live for the whole
 * run.
 */
public final class PeerPair implements Rounds.Pair {
  private static final long QUIET_MS = 700;
  private static final long PROBE_TIMEOUT_MS = 200;
  private static final int PROBES_MAX = 50;
  private static final List<String> NATIVE_JVM = List.of("-XX:+UseSerialGC", "-Xmx256m");

  private final PeerProcess publisher;
  private final PeerProcess subscriber;
  private int channels;

  /** Two Lichen nodes with the options that the launcher runs a node with. */
  public static PeerPair lichen() throws IOException {
    return new PeerPair("lichen", LichenJvm.OPTIONS, LichenJvm.ENVIRONMENT);
  }

  /** Two natives, each hosted by a JVM. */
  static PeerPair natives(String kind) throws IOException {
    return new PeerPair(kind, NATIVE_JVM, Map.of());
  }

  private PeerPair(String kind, List<String> jvmOptions, Map<String, String> environment)
      throws IOException {
    List<String> command = LichenJvm.command(jvmOptions, PeerMain.class, kind);
    Map<String, String> all = new HashMap<>(environment);
    all.put("MOSS_LISTEN_HOST", "127.0.0.1");
    subscriber = new PeerProcess(kind, command, all);
    publisher = new PeerProcess(kind, command, all);
  }

  @Override
  public String name() {
    return publisher.kind();
  }

  /**
   * Publishes for a while as fast as the runtime takes it, then waits until arrivals have ended.
   */
  public Burst burst(int size, long durationMs) {
    String channel = "burst-" + ++channels;
    renew();
    subscriber.call("subscribe", arguments -> arguments.put("channel", channel));
    awaitRoute(channel);
    JsonNode sent =
        publisher.call(
            "publish",
            arguments ->
                arguments.put("channel", channel).put("size", size).put("durationMs", durationMs));
    JsonNode got =
        subscriber.call(
            "await",
            arguments ->
                arguments.put("expected", sent.path("sent").asLong()).put("quietMs", QUIET_MS));
    double seconds = (got.path("lastNs").asLong() - sent.path("startNs").asLong()) / 1e9;
    return new Burst(
        sent.path("sent").asLong(),
        got.path("received").asLong(),
        got.path("duplicates").asLong(),
        got.path("received").asLong() / seconds,
        got.path("bytes").asLong() / seconds / 1e6,
        sent.path("allocatedBytes").asDouble() / sent.path("sent").asLong(),
        got.path("allocatedBytes").asDouble() / got.path("received").asLong());
  }

  /**
   * Fresh nodes and a fresh session in the same warm processes: a native's opinion of its peer
   * falls with every burst, until it sends nothing more.
   */
  private void renew() {
    publisher.call("renew");
    subscriber.call("renew");
    publisher.call("connect", arguments -> arguments.put("address", subscriberAddress()));
  }

  private void awaitRoute(String channel) {
    for (int probe = 0; probe < PROBES_MAX; probe++) {
      publisher.call("probe", arguments -> arguments.put("channel", channel));
      JsonNode answer =
          subscriber.call("awaitProbe", arguments -> arguments.put("timeoutMs", PROBE_TIMEOUT_MS));
      if (answer.path("ok").asBoolean()) {
        return;
      }
    }
    throw new IllegalStateException("no route between two " + name() + " peers");
  }

  /** Times of connect calls from fresh nodes in the warm publisher process, in microseconds. */
  List<Double> connectMicros(int warmup, int count) {
    JsonNode reply =
        publisher.call(
            "connectTimes",
            arguments ->
                arguments
                    .put("address", subscriberAddress())
                    .put("warmup", warmup)
                    .put("count", count));
    List<Double> micros = new ArrayList<>();
    reply.path("ns").forEach(ns -> micros.add(ns.asLong() / 1e3));
    return micros;
  }

  @Override
  public double peakResidentMegabytes() {
    return Math.max(publisher.peakResidentMegabytes(), subscriber.peakResidentMegabytes());
  }

  private String subscriberAddress() {
    return "127.0.0.1:" + subscriber.call("port").path("port").asInt();
  }

  @Override
  public void close() {
    publisher.close();
    subscriber.close();
  }
}
