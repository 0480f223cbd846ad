// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ShutdownTest {
  private final GateAdapter adapter = new GateAdapter();
  private final EventBus bus =
      EventBus.open(
          EventBusConfig.defaults()
              .withShards(2)
              .withRingCapacity(4096)
              .withBackpressure(Backpressure.FAIL_PRODUCER),
          adapter);

  @Test
  void shouldDeliverWhatWasIngestedAndEndTheAdapterOnce() {
    for (int i = 0; i < 500; i++) {
      bus.ingestRaw("e" + i);
    }
    adapter.open();

    bus.shutdown();
    bus.shutdown();
    bus.close();

    assertEquals(500, bus.stats().delivered());
    assertEquals(500, adapter.events().size());
    assertEquals(1, adapter.inits.get());
    assertEquals(1, adapter.flushes.get());
    assertEquals(1, adapter.shutdowns.get());
  }

  @Test
  void shouldRefuseEveryCallAfterwards() {
    adapter.open();
    bus.close();

    byte[] event = "1".getBytes(StandardCharsets.UTF_8);
    assertShuttingDown(() -> bus.ingestRaw(event));
    assertShuttingDown(() -> bus.ingestRawWithReceipt(event));
    assertShuttingDown(() -> bus.ingest("1"));
    assertShuttingDown(() -> bus.poll(PollRequest.of(1)));
    assertShuttingDown(() -> bus.pollJson(null));
    assertShuttingDown(bus::flush);
    BatchReceipt receipt = bus.ingestRawBatch(List.of(event, event));
    assertEquals(0, receipt.accepted());
    assertEquals(EventBusError.SHUTTING_DOWN, receipt.refused().getLast().error());
    assertEquals(0, bus.ingestBatch("[1,2]").accepted());
    assertEquals(0, bus.shards());
    assertEquals(EventBusStats.NONE, bus.stats());
  }

  @Test
  void shouldLetAllCallersReturnOnlyWhenAllIsClosed() throws Exception {
    bus.ingestRaw("1");
    adapter.awaitBatch();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        callers.add(
            threads.submit(
                () -> {
                  bus.shutdown();
                  return adapter.shutdowns.get();
                }));
      }
      awaitClosing();
      assertTrue(callers.stream().noneMatch(Future::isDone), "a batch is still under way");
      adapter.open();

      for (Future<Integer> caller : callers) {
        assertEquals(1, caller.get());
      }
    }
    assertEquals(1, bus.stats().delivered());
  }

  /** Every event that was accepted is delivered, however close to the end it came. */
  @Test
  void shouldNotLoseEventsThatRaceWithTheEnd() throws Exception {
    adapter.open();
    AtomicLong accepted = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> producers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int number = i;
        producers.add(threads.submit(() -> produceUntilRefused(number, accepted)));
      }
      adapter.awaitBatch();
      bus.shutdown();
      for (Future<?> producer : producers) {
        producer.get();
      }
    }
    assertEquals(accepted.get(), bus.stats().accepted());
    assertEquals(accepted.get(), bus.stats().delivered());
    assertEquals(accepted.get(), adapter.events().size());
  }

  /** Where there is no room, as the worker is slower, it goes on all the same. */
  private void produceUntilRefused(int number, AtomicLong accepted) {
    EventBusError error = EventBusError.INGESTION_FAILED;
    for (int i = 0; error == EventBusError.INGESTION_FAILED; i++) {
      try {
        bus.ingestRaw(number + ":" + i);
        accepted.incrementAndGet();
      } catch (EventBusException e) {
        error = e.error();
      }
    }
    assertEquals(EventBusError.SHUTTING_DOWN, error);
  }

  private void awaitClosing() {
    while (bus.shards() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void assertShuttingDown(Executable call) {
    assertEquals(-8, assertThrows(EventBusException.class, call).error().code());
  }
}
