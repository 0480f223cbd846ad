// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the application's code can hold up a node: how late its heartbeats come while callbacks
 * behave badly under a stream of messages. Heartbeats are fifty times as frequent as usual, for
 * more of them.
 */
final class Jitter {
  private static final String CHANNEL = "jitter";
  private static final int HEARTBEAT_MS = 20;
  private static final int PAYLOAD_BYTES = 64;
  private static final int STEADY_PER_SECOND = 1_000;
  private static final int FLOOD_PER_SECOND = 20_000;

  /** Less than a peer that takes nothing is given until it is shed. */
  private static final long DURATION_NS = 4_000_000_000L;

  private static final int MESSAGES_BEFORE_STOP = 2_000;
  private static final long SCORING_NS = 100_000_000L;

  /** What is done to a node. */
  @FunctionalInterface
  private interface Disturbance {
    /**
     * Sets the callbacks of a node that has not begun.
     *
     * @param over opened when the measurement has ended
     */
    void prepare(MossNode node, CountDownLatch over);
  }

  private final Figures figures;

  private Jitter(Figures figures) {
    this.figures = figures;
  }

  static void measure(Figures figures) {
    new Jitter(figures).measureAll();
  }

  private void measureAll() {
    run(STEADY_PER_SECOND, (node, over) -> {});
    figures.title("heartbeats of 20 ms, 1 000 msg/s of 64 B coming in: how late, p50 / p99 / max");
    figures.told("undisturbed", run(STEADY_PER_SECOND, (node, over) -> {}));
    figures.told(
        "a callback that blocks",
        run(STEADY_PER_SECOND, (node, over) -> node.onMessage(message -> await(over))));
    figures.told(
        "a callback that throws",
        run(
            STEADY_PER_SECOND,
            (node, over) ->
                node.onMessage(
                    message -> {
                      throw new IllegalStateException("on purpose");
                    })));
    figures.told(
        "a full queue (callback blocks, 20 000 msg/s)",
        run(FLOOD_PER_SECOND, (node, over) -> node.onMessage(message -> await(over))));
    figures.told(
        "a scoring callback of 100 ms",
        run(
            STEADY_PER_SECOND,
            (node, over) ->
                node.scoring(
                    (peer, base) -> {
                      LockSupport.parkNanos(SCORING_NS);
                      return base;
                    })));
    measureStop();
  }

  private void measureStop() {
    AtomicInteger messages = new AtomicInteger();
    AtomicLong tookNs = new AtomicLong();
    String late =
        run(
            STEADY_PER_SECOND,
            (node, over) ->
                node.onMessage(
                    message -> {
                      if (messages.incrementAndGet() == MESSAGES_BEFORE_STOP) {
                        long startNs = System.nanoTime();
                        node.stop();
                        tookNs.set(System.nanoTime() - startNs);
                      }
                    }));
    figures.told("stop from a callback, until then", late);
    figures.told("stop from a callback, the call", tookNs.get() / 1e6, "ms");
  }

  /** A node under a stream from another. */
  private static String run(int perSecond, Disturbance disturbance) {
    CountDownLatch over = new CountDownLatch(1);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (MossNode publisher = Nodes.quiet().build();
        MossNode node = Nodes.quiet(HEARTBEAT_MS).build()) {
      node.onMessage(message -> {});
      disturbance.prepare(node, over);
      node.metrics().bindTo(registry);
      node.start();
      node.subscribe(CHANNEL);
      publisher.start();
      publisher.connect(Nodes.address(node));
      stream(publisher, perSecond);
      over.countDown();
      return "%s / %s / %s ms"
          .formatted(late(registry, "p50"), late(registry, "p99"), late(registry, "max"));
    }
  }

  private static void stream(MossNode publisher, int perSecond) {
    long startNs = System.nanoTime();
    long messages = DURATION_NS / 1_000_000_000L * perSecond;
    for (long i = 0; i < messages; i++) {
      long dueNs = startNs + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() - dueNs < 0) {
        LockSupport.parkNanos(dueNs - System.nanoTime());
      }
      // Where nobody takes it, it fails or waits; both are part of the disturbance.
      var unused = publisher.publishAsync(CHANNEL, new byte[PAYLOAD_BYTES]);
    }
  }

  private static String late(SimpleMeterRegistry registry, String which) {
    double ns = registry.get("lichen.moss.heartbeat.late." + which + ".ns").gauge().value();
    return String.format(Locale.ROOT, "%.2f", ns / 1e6);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
