// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.awaitTargets;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.SubscribeOptions.Overflow;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node's callbacks may do, whatever carries its sessions; and what all contracts share. */
abstract class CallbackContract {
  TestNodes nodes =
      new TestNodes(
          (config, identity, listener) -> {
            throw new AssertionError();
          });

  abstract TransportOpener opener();

  @BeforeEach
  void open() {
    nodes = new TestNodes(opener());
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  static void assertCode(int code, Executable call) {
    MossException refused = assertThrows(MossException.class, call);
    assertEquals(code, refused.error().code(), refused.getMessage());
    assertTrue(String.valueOf(refused.getMessage()).length() > 5, "says why");
  }

  static MossMessage take(TestNode node) throws InterruptedException {
    MossMessage message = node.messages().poll(20, TimeUnit.SECONDS);
    assertNotNull(message, "a message should have come");
    return message;
  }

  /** The next message of this size; smaller ones, from the setting up, are left out. */
  static MossMessage take(TestNode node, int size) throws InterruptedException {
    MossMessage message = take(node);
    while (message.data().length < size) {
      message = take(node);
    }
    assertEquals(size, message.data().length);
    return message;
  }

  static MossEvent takeEvent(TestNode node) throws InterruptedException {
    MossEvent event = node.events().poll(20, TimeUnit.SECONDS);
    assertNotNull(event, "an event should have come");
    return event;
  }

  @Test
  void shouldLetCallbacksUseTheNode() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    CountDownLatch answered = new CountDownLatch(1);
    a.node()
        .onMessage(
            message -> {
              if (message.channel().equals("question")) {
                a.node().unsubscribe("question");
                a.node().publish("answer", message.data());
                a.node().info();
                a.node().subscribe("more");
              }
            });
    b.node().onMessage(message -> answered.countDown());
    a.node().subscribe("question");
    b.node().subscribe("answer");
    b.node().connect(a.address());
    b.node().publish("question", new byte[] {1});
    assertTrue(answered.await(20, TimeUnit.SECONDS));
    await("subscribed", () -> a.node().info().channels().equals(List.of("more")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLetACallbackStopTheNode(boolean inEvent) throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    CountDownLatch stopped = new CountDownLatch(1);
    if (inEvent) {
      a.node()
          .onEvent(
              event -> {
                a.node().stop();
                stopped.countDown();
              });
    } else {
      a.node()
          .onMessage(
              message -> {
                a.node().stop();
                stopped.countDown();
              });
    }
    a.node().subscribe("a");
    b.node().connect(a.address());
    if (!inEvent) {
      b.node().publish("a", new byte[1]);
    }
    assertTrue(stopped.await(20, TimeUnit.SECONDS));
    await("the other side sees it", () -> b.node().info().peerCount() == 0);
  }

  @Test
  void shouldSurviveCallbacksThatThrow() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    AtomicInteger calls = new AtomicInteger();
    a.node()
        .onMessage(
            message -> {
              calls.incrementAndGet();
              throw new IllegalStateException("on purpose");
            });
    a.node()
        .onEvent(
            event -> {
              throw new IllegalStateException("on purpose");
            });
    a.node()
        .scoring(
            (peer, base) -> {
              throw new IllegalStateException("on purpose");
            });
    a.node().subscribe("a");
    b.node().connect(a.address());
    for (int i = 0; i < 10; i++) {
      b.node().publish("a", new byte[1]);
    }
    await("all were tried", () -> calls.get() == 10);
  }

  @Test
  void shouldLetTheScoringFunctionDecide() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    AtomicReference<Double> opinion = new AtomicReference<>(-1000.0);
    a.node().scoring((peer, base) -> peer.equals(b.node().id()) ? opinion.get() : base);
    a.node().subscribe("a");
    b.node().connect(a.address());
    await("a hears nothing of one it thinks ill of", () -> !hears(a, b));

    opinion.set(1.0);

    await("a hears it again", () -> hears(a, b));
  }

  private static boolean hears(TestNode listener, TestNode speaker) {
    listener.messages().clear();
    try {
      speaker.node().publish("a", new byte[1]);
      return listener.messages().poll(100, TimeUnit.MILLISECONDS) != null;
    } catch (MossException e) {
      assertEquals(MossError.NO_PEERS, e.error());
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldGoOnWhileTheScoringFunctionDoesNotReturn() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<Void> over = new CompletableFuture<>();
    a.node()
        .scoring(
            (peer, base) -> {
              asked.countDown();
              over.join();
              return base;
            });
    a.node().subscribe("a");
    b.node().connect(a.address());
    assertTrue(asked.await(20, TimeUnit.SECONDS));
    for (int i = 0; i < 100; i++) {
      b.node().publish("a", new byte[] {(byte) i});
      assertArrayEquals(new byte[] {(byte) i}, take(a).data());
    }
    over.complete(null);
  }

  @Test
  void shouldLoseNothingWhenTheSubscriberIsSlow() throws Exception {
    TestNode a = nodes.started(plan().config("\"lichen\":{\"delivery_queue\":16}"));
    TestNode b = nodes.started(plan());
    List<byte[]> got = new ArrayList<>();
    a.node()
        .onMessage(
            message -> {
              if (got.size() % 100 == 0) {
                TestNodes.pause(5);
              }
              synchronized (got) {
                got.add(message.data());
              }
            });
    a.node().subscribe("a");
    b.node().connect(a.address());
    int count = 3000;
    byte[] data = new byte[8000];
    for (int i = 0; i < count; i++) {
      data[0] = (byte) i;
      b.node().publish("a", data);
    }
    await(
        "all have come",
        () -> {
          synchronized (got) {
            return got.size() == count;
          }
        });
    for (int i = 0; i < count; i++) {
      assertEquals((byte) i, got.get(i)[0], "in order");
    }
    assertEquals(1, b.node().info().peerCount(), "nobody was shed");
  }

  @Test
  void shouldNotBeHeldUpByASubscriberThatMayLoseMessages() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    a.node().metrics().bindTo(registry);
    CompletableFuture<Void> over = new CompletableFuture<>();
    List<Integer> kept = new CopyOnWriteArrayList<>();
    CountDownLatch last = new CountDownLatch(1);
    a.node()
        .onMessage(
            message -> {
              if (message.channel().equals("prices")) {
                over.join();
                kept.add((int) message.data()[0]);
              } else {
                last.countDown();
              }
            });
    a.node().subscribe("prices", new SubscribeOptions(Overflow.DROP_OLDEST, 4));
    a.node().subscribe("orders");
    b.node().connect(a.address());
    for (int i = 0; i < 100; i++) {
      b.node().publish("prices", new byte[] {(byte) i});
    }
    b.node().publish("orders", new byte[1]);
    assertTrue(last.await(20, TimeUnit.SECONDS), "the other channel goes on");
    over.complete(null);
    await("the newest comes", () -> kept.contains(99));
    double dropped =
        registry
            .get("lichen.moss.delivery.dropped")
            .tag("policy", "drop_oldest")
            .functionCounter()
            .count();
    assertEquals(100 - kept.size(), dropped, "what did not come was counted");
    assertTrue(kept.size() <= 5, "kept " + kept);
  }

  /** Whoever subscribed with nothing to lose must not cost the others their messages for ever. */
  @Test
  void shouldServeTheOtherChannelsThoughOneSubscriberNeverReturns() throws Exception {
    TestNode a = nodes.started(plan().config("\"lichen\":{\"publish_wait_ms\":1000}"));
    TestNode b = nodes.started(plan());
    CompletableFuture<Void> over = new CompletableFuture<>();
    a.node()
        .onMessage(
            message -> {
              if (message.channel().equals("stuck")) {
                over.join();
              }
              a.messages().add(message);
            });
    a.node().subscribe("stuck", SubscribeOptions.defaults().withQueueMessages(2));
    a.node().subscribe("other");
    b.node().connect(a.address());
    awaitTargets(b, "other", 1);
    awaitTargets(b, "stuck", 1);
    for (int i = 0; i < 10; i++) {
      b.node().publish("stuck", new byte[1]);
    }
    b.node().publish("other", new byte[2]);
    assertEquals(2, take(a, 2).data().length);
    over.complete(null);
    assertEquals("stuck", take(a).channel());
  }
}
