// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.awaitTargets;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.SubscribeOptions.Overflow;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.transport.moss.MossTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever the application does in its callbacks, the node's heart beats as it does without: each
 * test compares one node with another that does the same undisturbed at the same time, and prints
 * how late the beats of both were since they started.
 */
final class HeartbeatUnderCallbacksTest {
  private static final int BEATS = 20;
  private static final String FAST = "\"gossipsub\":{\"heartbeat_ms\":50}";
  private static final long SCORING_MS = 100;

  /** A loop that waited for its application would have fewer than a tenth of the other's beats. */
  private static final double FEWEST = 0.5;

  /** What a busy machine may add to the median lateness. */
  private static final double MARGIN_NS = 50e6;

  private final TestNodes nodes = new TestNodes(MossTransport::open);
  private final CountDownLatch release = new CountDownLatch(1);
  private final TestNode disturbed = nodes.started(plan().config(FAST));
  private final TestNode calm = nodes.started(plan().config(FAST));
  private final TestNode talker = nodes.started(plan());
  private final List<MossMessage> orders = new ArrayList<>();

  @BeforeEach
  void connect() {
    for (TestNode node : List.of(disturbed, calm)) {
      node.node().subscribe("prices");
      node.node().subscribe("orders");
      node.node().connect(talker.address());
    }
    awaitTargets(talker, "orders", 2);
    await("both hear", () -> !disturbed.messages().isEmpty() && !calm.messages().isEmpty());
  }

  @AfterEach
  void close() {
    release.countDown();
    nodes.close();
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets somebody talk for some beats of both nodes, and compares them. */
  private void assertBeatsAsCalmly(String what) {
    double disturbedBefore = disturbed.figure("heartbeats");
    double calmBefore = calm.figure("heartbeats");
    await(
        "both hearts beat",
        () -> {
          talker.node().publish("prices", new byte[100]);
          talker.node().publish("orders", new byte[1]);
          return disturbed.figure("heartbeats") >= disturbedBefore + BEATS
              && calm.figure("heartbeats") >= calmBefore + BEATS;
        });
    double beats = disturbed.figure("heartbeats") - disturbedBefore;
    double calmBeats = calm.figure("heartbeats") - calmBefore;
    System.out.printf(
        "heartbeats under %s: %s; without: %s%n", what, lateness(disturbed), lateness(calm));
    assertTrue(beats >= FEWEST * calmBeats, beats + " beats, without: " + calmBeats);
    double late = disturbed.figure("heartbeat.late.p50.ns");
    double calmLate = calm.figure("heartbeat.late.p50.ns");
    assertTrue(late <= calmLate + MARGIN_NS, late + " ns late, without: " + calmLate);
  }

  private static String lateness(TestNode node) {
    return String.format(
        "late by %.3f ms (median), %.3f (p99), %.3f (max)",
        node.figure("heartbeat.late.p50.ns") / 1e6,
        node.figure("heartbeat.late.p99.ns") / 1e6,
        node.figure("heartbeat.late.max.ns") / 1e6);
  }

  /** The callback of the prices does this; orders are heard. */
  private void onPrices(Runnable deed) {
    disturbed
        .node()
        .onMessage(
            message -> {
              if (message.channel().equals("prices")) {
                deed.run();
              } else {
                synchronized (orders) {
                  orders.add(message);
                }
              }
            });
  }

  private int heardOrders() {
    synchronized (orders) {
      return orders.size();
    }
  }

  private void awaitOrder() {
    int before = heardOrders();
    await(
        "the other subscription goes on",
        () -> {
          talker.node().publish("orders", new byte[1]);
          return heardOrders() > before;
        });
  }

  @Test
  void shouldBeatWhileACallbackDoesNotReturn() {
    onPrices(this::awaitRelease);
    assertBeatsAsCalmly("a callback that does not return");
    awaitOrder();
  }

  @Test
  void shouldBeatWhileCallbacksThrow() {
    onPrices(
        () -> {
          throw new IllegalStateException("as applications do");
        });
    disturbed
        .node()
        .onEvent(
            event -> {
              throw new IllegalStateException("here too");
            });
    assertBeatsAsCalmly("callbacks that throw");
    awaitOrder();
    assertTrue(disturbed.figure("callback.failures") > 0);
  }

  @Test
  void shouldBeatWhileAFullQueueHoldsUpTheNodeAndLoseNothing() {
    disturbed.node().unsubscribe("prices");
    disturbed.node().subscribe("prices", new SubscribeOptions(Overflow.BLOCK, 4));
    CountDownLatch heard = new CountDownLatch(50);
    onPrices(
        () -> {
          awaitRelease();
          heard.countDown();
        });
    await(
        "the queue is full",
        () -> {
          talker.node().publish("prices", new byte[100]);
          return disturbed.figure("delivery.waiting") >= 4;
        });
    assertBeatsAsCalmly("a full queue");
    release.countDown();
    await("nothing was lost", () -> heard.getCount() == 0);
    awaitOrder();
  }

  @Test
  void shouldBeatWhileAFullQueueDropsAndDeliverElsewhere() {
    disturbed.node().unsubscribe("prices");
    disturbed.node().subscribe("prices", new SubscribeOptions(Overflow.DROP_OLDEST, 4));
    onPrices(this::awaitRelease);
    assertBeatsAsCalmly("a full queue that drops");
    awaitOrder();
    assertTrue(disturbed.figure("delivery.dropped", "policy", "drop_oldest") > 0);
  }

  @Test
  void shouldBeatWhileScoringIsSlow() {
    for (int i = 0; i < 5; i++) {
      nodes.started(plan()).node().connect(disturbed.address());
    }
    CountDownLatch asked = new CountDownLatch(8);
    disturbed
        .node()
        .scoring(
            (peer, base) -> {
              TestNodes.pause(SCORING_MS);
              asked.countDown();
              return base;
            });
    onPrices(() -> {});
    assertBeatsAsCalmly("a scoring callback that takes " + SCORING_MS + " ms for each of 6 peers");
    await("it was asked again and again", () -> asked.getCount() == 0);
    awaitOrder();
  }

  @Test
  void shouldBeatWhileANeighbourStopsFromItsCallback() {
    TestNode neighbour = nodes.started(plan().config(FAST));
    neighbour.node().subscribe("prices");
    CountDownLatch stopped = new CountDownLatch(1);
    neighbour
        .node()
        .onMessage(
            message -> {
              neighbour.node().stop();
              stopped.countDown();
            });
    onPrices(() -> {});
    neighbour.node().connect(disturbed.address());
    await(
        "it has stopped",
        () -> {
          try {
            disturbed.node().publish("prices", new byte[1]);
          } catch (MossException e) {
            return false;
          }
          return stopped.getCount() == 0;
        });
    assertBeatsAsCalmly("a neighbour that stops from its callback");
    awaitOrder();
  }
}
