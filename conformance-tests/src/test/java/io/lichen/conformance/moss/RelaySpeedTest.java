// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.core.moss.MossNode;
import io.lichen.transport.moss.Era;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How fast two ends say something to each other directly, through a Lichen node and through a
 * native, all without limits. What is said arrives; how fast, is printed. Lichen ends and natives
 * do not say the same, so only the relays are compared.
 */
class RelaySpeedTest {
  private static final String LICHEN_BY_LICHEN = "Lichen ends, Lichen relays";
  private static final String LICHEN_BY_NATIVE = "Lichen ends, libmoss relays";
  private static final String NATIVES_BY_LICHEN = "libmoss ends, Lichen relays";
  private static final String NATIVES_BY_NATIVE = "libmoss ends, libmoss relays";
  private static final int ROUNDS = 3;
  private static final int MESSAGES = 600;
  private static final int MESSAGE_BYTES = 30_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * How fast a relay is that is as fast as the native one, on a machine with other things to do.
   */
  private static final double LEAST_RATIO = 1 / 3.0;

  @BeforeEach
  void assumeRunnable() {
    assumeTrue("full".equals(System.getProperty("lichen.suite")), "only in the full suite");
    Skip.unless(MeshPeers.canRun(Driver.NATIVE, Era.C), getClass(), MossLibraries.howToName(Era.C));
  }

  @Test
  @Timeout(300)
  void shouldCarryAtFullRateWhereNothingLimitsIt() throws Exception {
    Map<String, double[]> rates = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      put(rates, "Lichen ends, no relay", round, direct());
      put(rates, LICHEN_BY_LICHEN, round, lichenThrough(Driver.JAVA));
      put(rates, LICHEN_BY_NATIVE, round, lichenThrough(Driver.NATIVE));
      put(rates, NATIVES_BY_LICHEN, round, nativesThrough(Driver.JAVA));
      put(rates, NATIVES_BY_NATIVE, round, nativesThrough(Driver.NATIVE));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    rates.forEach((name, each) -> medians.put(name, median(each)));
    medians.forEach((name, rate) -> System.out.printf("%-30s %6.1f MB/s%n", name, rate));
    assertComparable(medians, LICHEN_BY_LICHEN, LICHEN_BY_NATIVE);
    assertComparable(medians, NATIVES_BY_LICHEN, NATIVES_BY_NATIVE);
  }

  private static double median(double[] values) {
    return DoubleStream.of(values).sorted().toArray()[values.length / 2];
  }

  private static void assertComparable(Map<String, Double> rates, String ours, String theirs) {
    double ratio = rates.getOrDefault(ours, 0.0) / rates.getOrDefault(theirs, 1.0);
    System.out.printf("%s : %s = %.2f%n", ours, theirs, ratio);
    assertTrue(ratio >= LEAST_RATIO, () -> ours + ": " + ratio + " of " + theirs);
  }

  private static void put(Map<String, double[]> rates, String name, int round, double rate) {
    rates.computeIfAbsent(name, unused -> new double[ROUNDS])[round] = rate;
  }

  private static double megabytes(int messages, long sinceNs) {
    return (double) messages * MESSAGE_BYTES / 1e6 / ((System.nanoTime() - sinceNs) / 1e9);
  }

  private static double direct() throws InterruptedException {
    try (RelayStage stage = new RelayStage("RelaySpeedTest")) {
      MossNode a = stage.node("{" + RelayTest.LIFTED + "}");
      MossNode b = stage.node("{" + RelayTest.LIFTED + "}");
      a.connect("127.0.0.1:" + b.info().listenPort());
      return between(a, b);
    }
  }

  private static double lichenThrough(Driver driver) throws InterruptedException {
    try (RelayStage stage = new RelayStage("RelaySpeedTest")) {
      MeshPeer relay = stage.relay(driver, "{" + RelayTest.LIFTED + "}");
      MossNode a = stage.node(relay, "," + RelayTest.LIFTED);
      MossNode b = stage.node(relay, "," + RelayTest.LIFTED);
      a.relaySendTo(b.id(), new byte[1]);
      Waits.until("they are peers", Talk.LIMIT, () -> RelayStage.areRelayed(a, b));
      return between(a, b);
    }
  }

  /** Messages of the mesh, which wait where the way is full. */
  private static double between(MossNode a, MossNode b) throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(MESSAGES);
    b.onMessage(message -> heard.countDown());
    a.subscribe(Talk.CHANNEL);
    b.subscribe(Talk.CHANNEL);
    Waits.until("it is subscribed", Talk.LIMIT, () -> reaches(a));
    long beganNs = System.nanoTime();
    for (int i = 0; i < MESSAGES; i++) {
      a.publish(Talk.CHANNEL, new byte[MESSAGE_BYTES]);
    }
    assertTrue(heard.await(LIMIT.toSeconds(), TimeUnit.SECONDS), heard::toString);
    return megabytes(MESSAGES, beganNs);
  }

  private static boolean reaches(MossNode node) {
    return node.publishAsync(Talk.CHANNEL, new byte[0])
        .handle((receipt, failure) -> failure == null && receipt.peers() > 0)
        .join();
  }

  /** What applications send through relays, since natives drop messages of a fast sender. */
  private static double nativesThrough(Driver driver) {
    try (RelayStage stage = new RelayStage("RelaySpeedTest")) {
      MeshPeer relay = stage.relay(driver, "{" + RelayTest.LIFTED + "}");
      MeshPeer a = stage.end(Driver.NATIVE, relay);
      MeshPeer b = stage.end(Driver.NATIVE, relay);
      assertEquals(0, a.relay(b.id(), new byte[0]), "code of relay");
      b.relayed().awaitCount(1, Talk.LIMIT);
      int messages = MESSAGES / 6;
      long beganNs = System.nanoTime();
      IntStream.range(0, messages)
          .mapToObj(i -> a.relayAsync(b.id(), new byte[MESSAGE_BYTES]))
          .toList()
          .forEach(code -> assertEquals(0, code.join(), "code of relay"));
      b.relayed().awaitCount(messages + 1, LIMIT);
      return megabytes(messages, beganNs);
    }
  }
}
