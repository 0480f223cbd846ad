// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.room.Room;
import io.lichen.gossipsub.PublishedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounds of the queues, and what happens at them. */
final class QueuesTest {
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final NodeCounters counters = new NodeCounters();
  private final CallbackScope scope =
      new CallbackScope(counters, new LogLimiter(1, System::nanoTime));
  private final DeliveryBacklog backlog = new DeliveryBacklog(new LoopSignal());

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  private static PublishedMessage message(int number, int bytes) {
    byte[] payload = new byte[bytes];
    return new PublishedMessage("t", "id" + number, number, new byte[32], payload, new byte[0]);
  }

  @Test
  void shouldCountWhatIsTakenOutUntilItIsDone() {
    BoundedQueue<String> queue = new BoundedQueue<>(3, 10, String::length);
    queue.add("aa");
    queue.add("bb");
    assertFalse(queue.isFull());
    queue.add("c");
    assertTrue(queue.isFull(), "by count");
    List<String> taken = queue.takeAll(new ArrayList<>());
    assertEquals(List.of("aa", "bb", "c"), taken);
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
        new ChannelRoute(
            new JoinedRoom("r", Room.clear()),
            "c",
            () ->
                m -> {
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  got.incrementAndGet();
                },
            new DeliveryQueue.Shared(executor, scope, backlog, counters, 4));
    route.subscribed(true);
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
    ChannelRoute route =
        new ChannelRoute(
            new JoinedRoom("r", Room.clear()),
            "c",
            () -> null,
            new DeliveryQueue.Shared(executor, scope, backlog, counters, 1000));
    for (int i = 0; i < 9; i++) {
      route.deliveries().add(message(i, 1 << 20));
    }
    assertTrue(backlog.isBlocked());
    route.deliveries().deliver();
    TestNodes.await("nobody wants them", () -> !backlog.isBlocked());
  }

  @Test
  void shouldMakeRoomForEventsByDroppingTheOldestAndNeverBlock() throws Exception {
    EventQueue events = new EventQueue(executor, scope, counters);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<String> got = new ArrayList<>();
    events.callback(
        event -> {
          first.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
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
