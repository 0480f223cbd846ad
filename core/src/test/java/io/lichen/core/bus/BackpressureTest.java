// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of events while the consumer does not take any. */
class BackpressureTest {
  private static final int CAPACITY = 1024;
  private static final int SLOTS = CAPACITY - 1;
  private static final int PRODUCERS = 4;
  private static final int EVENTS = 6000;

  private final GateAdapter adapter = new GateAdapter();

  static Stream<Backpressure> modes() {
    return Stream.of(
        Backpressure.DROP_NEWEST,
        Backpressure.DROP_OLDEST,
        Backpressure.FAIL_PRODUCER,
        Backpressure.sample(7));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void shouldRefuseOrEvictExactlyWhatDoesNotFit(Backpressure mode) throws Exception {
    boolean evicts = mode.equals(Backpressure.DROP_OLDEST);
    try (EventBus bus = stalled(mode)) {
      for (int i = 0; i < SLOTS; i++) {
        bus.ingestRaw("e" + i);
      }
      assertEquals(new EventBusStats(SLOTS + 1, 0, 0, 0, 0, 0, SLOTS + 1, 0), bus.stats());

      for (int i = 0; i < 10; i++) {
        String event = "late" + i;
        if (evicts) {
          bus.ingestRaw(event);
        } else {
          assertCode(-5, () -> bus.ingestRaw(event));
        }
      }

      long accepted = SLOTS + 1L + (evicts ? 10 : 0);
      long refused = evicts ? 0 : 10;
      long evicted = evicts ? 10 : 0;
      assertEquals(
          new EventBusStats(accepted, refused, evicted, 0, 0, 0, SLOTS + 1, 0), bus.stats());
      assertEquals(refused, bus.stats().eventsDropped(), "evictions are the shards' affair");
      assertEquals(10, bus.stats().shardEventsDropped());
      adapter.open();
      bus.flush();
      assertEquals(
          new EventBusStats(accepted, refused, evicted, SLOTS + 1, 0, 0, 0, adapter.taken.size()),
          bus.stats());
    }
    List<String> events = adapter.events();
    assertEquals(evicts ? "e10" : "e0", events.get(1), "behind the one that was under way");
    assertEquals(evicts ? "late9" : "e1022", events.getLast());
  }

  @Test
  void shouldReportTheEventsOfABatchThatDoNotFit() throws Exception {
    try (EventBus bus = stalled(Backpressure.DROP_NEWEST)) {
      List<byte[]> events = new ArrayList<>();
      for (int i = 0; i < SLOTS + 3; i++) {
        events.add(("b" + i).getBytes(StandardCharsets.UTF_8));
      }

      BatchReceipt receipt = bus.ingestRawBatch(events);

      assertEquals(SLOTS, receipt.accepted());
      assertEquals(
          List.of(SLOTS, SLOTS + 1, SLOTS + 2),
          receipt.refused().stream().map(BatchReceipt.Refusal::index).toList());
      assertEquals(EventBusError.INGESTION_FAILED, receipt.refused().getFirst().error());
      adapter.open();
    }
    assertEquals(SLOTS + 1, adapter.events().size());
  }

  /** While producers, a consumer that comes and goes, and a reader of the account all run. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldAccountForEveryEventAtEveryInstant(Backpressure mode) throws Exception {
    EventBusConfig config =
        config(mode).withShards(2).withBatching(withMaxSize(256)).withRingCapacity(CAPACITY);
    AtomicBoolean running = new AtomicBoolean(true);
    long refusedToProducers = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS + 2);
        EventBus bus = EventBus.open(config, adapter)) {
      List<Future<Long>> producers = new ArrayList<>();
      for (int p = 0; p < PRODUCERS; p++) {
        producers.add(threads.submit(producer(bus, p)));
      }
      final Future<Long> looks = threads.submit(() -> watch(bus, running));
      final Future<Long> consumer = threads.submit(() -> letThrough(bus, running));
      for (Future<Long> producer : producers) {
        refusedToProducers += producer.get();
      }
      running.set(false);
      consumer.get();
      assertTrue(looks.get() > 0);
      adapter.open();
      bus.flush();

      EventBusStats stats = bus.stats();
      assertEquals(PRODUCERS * EVENTS, stats.accepted() + stats.refused());
      assertEquals(refusedToProducers, stats.refused());
      assertEquals(stats.accepted(), stats.delivered() + stats.evicted());
      assertEquals(stats.delivered(), adapter.events().size());
      assertTrue(stats.refused() + stats.evicted() > 0, "there was always room");
    }
    assertOrder();
  }

  private Callable<Long> producer(EventBus bus, int number) {
    return () -> {
      long refused = 0;
      for (int i = 0; i < EVENTS; i++) {
        if (i % 100 < 10) {
          List<byte[]> pair = List.of(event(number, i), event(number, ++i));
          refused += bus.ingestRawBatch(pair).refused().size();
        } else {
          try {
            bus.ingestRaw(event(number, i));
          } catch (EventBusException e) {
            assertEquals(EventBusError.INGESTION_FAILED, e.error());
            refused++;
          }
        }
      }
      return refused;
    };
  }

  private static byte[] event(int producer, int number) {
    return (producer + ":" + number).getBytes(StandardCharsets.UTF_8);
  }

  private static long watch(EventBus bus, AtomicBoolean running) {
    long looks = 0;
    do {
      EventBusStats s = bus.stats();
      long accountedFor = s.delivered() + s.evicted() + s.lost() + s.abandoned() + s.queued();
      assertEquals(s.accepted(), accountedFor, s::toString);
      looks++;
    } while (running.get());
    return looks;
  }

  /** The consumer begins late enough for something to find no room. */
  private long letThrough(EventBus bus, AtomicBoolean running) throws InterruptedException {
    long batches = 0;
    while (running.get() && bus.stats().shardEventsDropped() == 0) {
      Thread.onSpinWait();
    }
    while (running.get()) {
      if (adapter.hasBatch()) {
        adapter.allow(1);
        batches++;
      }
    }
    return batches;
  }

  /** Of each shard: batches without gaps, times ascending, each producer's events in its order. */
  private void assertOrder() {
    long[] nextSequence = new long[2];
    long[] lastTs = {-1, -1};
    int[][] lastOf = new int[2][PRODUCERS];
    for (int[] ofShard : lastOf) {
      Arrays.fill(ofShard, -1);
    }
    for (EventBatch batch : adapter.taken) {
      int shard = batch.shard();
      assertEquals(nextSequence[shard], batch.sequenceStart());
      nextSequence[shard] += batch.size();
      for (int i = 0; i < batch.size(); i++) {
        assertTrue(batch.insertionTs(i) > lastTs[shard]);
        lastTs[shard] = batch.insertionTs(i);
        String[] parts = new String(batch.raw(i), StandardCharsets.UTF_8).split(":", -1);
        int producer = Integer.parseInt(parts[0]);
        int number = Integer.parseInt(parts[1]);
        assertTrue(number > lastOf[shard][producer]);
        lastOf[shard][producer] = number;
      }
    }
  }

  /** One event is with the adapter, which does not take it; the ring is empty. */
  private EventBus stalled(Backpressure mode) throws InterruptedException {
    EventBus bus = EventBus.open(config(mode), adapter);
    bus.ingestRaw("first");
    adapter.awaitBatch();
    return bus;
  }

  private static EventBusConfig config(Backpressure mode) {
    return EventBusConfig.defaults()
        .withShards(1)
        .withRingCapacity(CAPACITY)
        .withBackpressure(mode)
        .withBatching(Batching.LOW_LATENCY);
  }

  private static Batching withMaxSize(int maxSize) {
    Batching fast = Batching.LOW_LATENCY;
    return new Batching(100, maxSize, fast.maxDelay(), true, fast.velocityWindow());
  }

  private static void assertCode(int code, org.junit.jupiter.api.function.Executable call) {
    assertEquals(code, assertThrows(EventBusException.class, call).error().code());
  }
}
