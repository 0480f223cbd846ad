// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.SubscribeOptions;
import io.lichen.core.moss.SubscribeOptions.Overflow;
import io.lichen.core.moss.room.Room;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.DeliveryBacklog;
import io.lichen.core.moss.runtime.channel.DeliveryQueue;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.work.LoopSignal;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.BoundedQueue;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.EventQueue;
import io.lichen.core.work.LogLimiter;
import io.lichen.core.work.SerialRunner;
import io.lichen.gossipsub.PublishedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounds of the queues, and what happens at them. */
final class QueuesTest {
  private static final long PATIENCE_NS = 5_000_000_000L;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final NodeCounters counters = new NodeCounters();
  private final CallbackScope scope =
      new CallbackScope(counters.callbackFailures, new LogLimiter(1, System::nanoTime));
  private final DeliveryBacklog backlog = new DeliveryBacklog(new LoopSignal());

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  private static PublishedMessage message(int number, int bytes) {
    byte[] payload = new byte[bytes];
    return new PublishedMessage("t", "id" + number, number, new byte[32], payload, new byte[0]);
  }

  private ChannelRoute route(@Nullable Consumer<MossMessage> callback) {
    ChannelRoute route =
        new ChannelRoute(
            new JoinedRoom("r", Room.clear()),
            "c",
            () -> callback,
            new DeliveryQueue.Shared(
                executor,
                scope,
                backlog,
                counters,
                new LogLimiter(1, System::nanoTime),
                1000,
                PATIENCE_NS));
    route.forCallback(true);
    return route;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A queue of three whose subscriber holds on to message 0, and what came out of it for 1 to 8.
   */
  private List<Integer> comeOut(Overflow overflow) throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Integer> got = new CopyOnWriteArrayList<>();
    ChannelRoute route =
        route(
            m -> {
              first.countDown();
              await(release);
              got.add(m.data().length);
            });
    route.options(new SubscribeOptions(overflow, 3));
    route.deliveries().add(message(0, 0));
    route.deliveries().deliver();
    assertTrue(first.await(9, TimeUnit.SECONDS));
    for (int i = 1; i <= 8; i++) {
      route.deliveries().add(message(i, i));
    }
    assertFalse(backlog.isBlocked());
    assertTrue(route.deliveries().awaitRoom(0));
    release.countDown();
    route.deliveries().deliver();
    TestNodes.await("nothing is left", () -> route.deliveries().count() == 0);
    return got;
  }

  @Test
  void shouldDropWhatHasWaitedLongestWhereTheSubscriptionSaysSo() throws Exception {
    assertEquals(List.of(0, 7, 8), comeOut(Overflow.DROP_OLDEST));
    assertEquals(6, counters.deliveriesDroppedOldest.sum());
    assertEquals(0, counters.deliveriesDroppedNewest.sum());
  }

  @Test
  void shouldDropWhatComesTooLateWhereTheSubscriptionSaysSo() throws Exception {
    assertEquals(List.of(0, 1, 2), comeOut(Overflow.DROP_NEWEST));
    assertEquals(6, counters.deliveriesDroppedNewest.sum());
    assertEquals(0, counters.deliveriesDroppedOldest.sum());
  }

  @Test
  void shouldLetTheLoopGoWhenAFullSubscriptionIsChanged() {
    ChannelRoute route = route(null);
    route.options(SubscribeOptions.defaults().withQueueMessages(2));
    route.deliveries().add(message(0, 1));
    route.deliveries().add(message(1, 1));
    assertTrue(backlog.isBlocked());
    assertEquals(1, counters.deliveryBlocks.sum());
    route.options(SubscribeOptions.defaults().withQueueMessages(9));
    assertFalse(backlog.isBlocked());
    for (int i = 2; i < 9; i++) {
      route.deliveries().add(message(i, 1));
    }
    assertTrue(backlog.isBlocked());
    route.options(new SubscribeOptions(Overflow.DROP_NEWEST, 1));
    assertFalse(backlog.isBlocked());
  }

  @Test
  void shouldNotHoldUpTheNodeForASubscriberThatStandsStill() throws Exception {
    Semaphore calls = new Semaphore(0);
    List<Integer> got = new CopyOnWriteArrayList<>();
    ChannelRoute route =
        route(
            m -> {
              calls.acquireUninterruptibly();
              got.add(m.data().length);
            });
    route.options(SubscribeOptions.defaults().withQueueMessages(4));
    DeliveryQueue queue = route.deliveries();
    for (int i = 0; i < 4; i++) {
      queue.add(message(i, i));
    }
    queue.deliver();
    long now = System.nanoTime();
    queue.watch(now);
    queue.watch(now + PATIENCE_NS - 1);
    assertTrue(backlog.isBlocked(), "as long as it may just be slow");
    queue.watch(now + PATIENCE_NS);
    assertFalse(backlog.isBlocked());
    queue.add(message(4, 4));
    assertFalse(backlog.isBlocked());
    assertEquals(1, counters.deliveriesDroppedStill.sum());

    calls.release(2);
    TestNodes.await("it moves again", () -> queue.count() == 2);
    queue.add(message(5, 5));
    queue.add(message(6, 6));
    assertTrue(backlog.isBlocked(), "nothing is lost any more");
    queue.watch(now + 2 * PATIENCE_NS);
    assertTrue(backlog.isBlocked(), "its patience begins anew");
    calls.release(9);
    TestNodes.await("nothing is left", () -> queue.count() == 0);
    assertEquals(List.of(0, 1, 2, 3, 5, 6), got);
  }

  @Test
  void shouldCountWhatIsTakenOutUntilItIsDone() {
    BoundedQueue<String> queue = new BoundedQueue<>(3, 10, String::length);
    queue.add("aa");
    queue.add("bb");
    assertFalse(queue.isFull());
    queue.add("c");
    assertTrue(queue.isFull(), "by count");
    ArrayDeque<String> taken = queue.takeAll(new ArrayDeque<>());
    assertEquals(List.of("aa", "bb", "c"), List.copyOf(taken));
    assertTrue(queue.isFull());
    assertFalse(queue.isEmpty());
    queue.consumed("aa");
    queue.consumed("bb");
    assertTrue(queue.isHalfEmpty());
    queue.add("0123456789");
    assertTrue(queue.isFull(), "by bytes");
    assertEquals(2, queue.count());
    assertEquals(11, queue.bytes());
  }

  @Test
  void shouldHoldBackTheLoopWhileASubscriberIsFullAndLetItGoAfterwards() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger got = new AtomicInteger();
    ChannelRoute route =
        route(
            m -> {
              await(release);
              got.incrementAndGet();
            });
    route.options(SubscribeOptions.defaults().withQueueMessages(4));
    for (int i = 0; i < 3; i++) {
      route.deliveries().add(message(i, 1));
    }
    assertFalse(backlog.isBlocked());
    route.deliveries().add(message(3, 1));
    route.deliveries().deliver();
    assertTrue(backlog.isBlocked());
    assertFalse(route.deliveries().awaitRoom(1_000_000));
    release.countDown();
    assertTrue(route.deliveries().awaitRoom(9_000_000_000L));
    TestNodes.await("all came", () -> got.get() == 4);
    TestNodes.await("nothing is left", () -> route.deliveries().count() == 0);
    assertFalse(backlog.isBlocked());
  }

  @Test
  void shouldBoundDeliveriesByBytesToo() {
    ChannelRoute route = route(null);
    for (int i = 0; i < 9; i++) {
      route.deliveries().add(message(i, 1 << 20));
    }
    assertTrue(backlog.isBlocked());
    route.deliveries().deliver();
    TestNodes.await("nobody wants them", () -> !backlog.isBlocked());
  }

  @Test
  void shouldMakeRoomForEventsByDroppingTheOldestAndNeverBlock() throws Exception {
    EventQueue<MossEvent> events =
        new EventQueue<>("event", executor, scope, counters.eventsDropped);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<String> got = new ArrayList<>();
    events.callback(
        event -> {
          first.countDown();
          await(release);
          synchronized (got) {
            got.add(String.valueOf(event.detail().get("n")));
          }
        });
    events.add(event(-1));
    assertTrue(first.await(9, TimeUnit.SECONDS));
    for (int i = 0; i < EventQueue.MAX_WAITING + 5; i++) {
      events.add(event(i));
    }
    release.countDown();
    TestNodes.await("all that fit came", () -> size(got) == EventQueue.MAX_WAITING + 1);
    assertEquals(5, counters.eventsDropped.sum());
    assertEquals(List.of("-1", "5"), got.subList(0, 2));
    assertEquals(String.valueOf(EventQueue.MAX_WAITING + 4), got.getLast());
  }

  private static int size(List<String> list) {
    synchronized (list) {
      return list.size();
    }
  }

  private static MossEvent event(int number) {
    return new MossEvent(MossEvent.Type.PEER_JOINED, Map.of("n", Integer.toString(number)));
  }

  @Test
  void shouldRunABodyAfterEveryRequestAndNeverTwiceAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger produced = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    SerialRunner runner =
        new SerialRunner(
            executor,
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              seen.set(produced.get());
              running.decrementAndGet();
            });
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 20_000; i++) {
                      produced.incrementAndGet();
                      runner.request();
                    }
                  }));
    }
    TestNodes.await("the last request was served", () -> seen.get() == 80_000);
    assertEquals(1, most.get());
    assertTrue(threads.size() == 4);
  }
}
