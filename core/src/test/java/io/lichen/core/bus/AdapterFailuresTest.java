// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.bus.AdapterException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdapterFailuresTest {
  private final GateAdapter adapter = new GateAdapter().open();

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldTryAgainWhatMayWorkTheNextTime(Kind kind) {
    adapter.failures.add(new AdapterException(kind, "once"));
    try (EventBus bus = EventBus.open(config(1), adapter)) {
      bus.ingestRaw("1");
      bus.flush();

      boolean again = kind == Kind.TRANSIENT || kind == Kind.BACKPRESSURE;
      assertEquals(again ? 2 : 1, adapter.tries.size());
      assertEquals(again ? 1 : 0, bus.stats().delivered());
      assertEquals(again ? 0 : 1, bus.stats().lost());
      List<String> ids = adapter.tries.stream().map(batch -> batch.dedupId(0)).distinct().toList();
      assertEquals(1, ids.size(), "copies can be told by their ids");
    }
  }

  @Test
  void shouldLoseABatchAfterTheLastTryAndGoOnWithTheNext() {
    for (int i = 0; i < 2; i++) {
      adapter.failures.add(new AdapterException(Kind.TRANSIENT, "twice"));
    }
    try (EventBus bus = EventBus.open(config(1), adapter)) {
      bus.ingestRaw("1");
      bus.flush();
      bus.ingestRaw("2");
      bus.flush();

      assertEquals(new EventBusStats(2, 0, 0, 1, 1, 0, 0, 1), bus.stats());
      assertEquals(0, bus.stats().eventsDropped(), "the native does not call this dropped");
      assertEquals(1, adapter.taken.peek() == null ? -1 : adapter.taken.peek().sequenceStart());
    }
  }

  @Test
  void shouldGiveUpOnACallThatIsLateAndTakeItForTransient() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    EventBusAdapter slow =
        new Polled() {
          private boolean first = true;

          @Override
          public void onBatch(EventBatch batch) throws InterruptedException {
            if (first) {
              first = false;
              try {
                new CountDownLatch(1).await();
              } finally {
                interrupted.countDown();
              }
            }
          }
        };
    // Further tries, in case that the machine makes the second one late, too.
    try (EventBus bus = EventBus.open(config(1).withAdapterCalls(Duration.ofMillis(50), 9), slow)) {
      bus.ingestRaw("1");
      bus.flush();

      assertEquals(1, bus.stats().delivered());
      assertTrue(interrupted.await(20, TimeUnit.SECONDS), "it was not interrupted");
    }
  }

  @Test
  void shouldSurviveAnAdapterThatThrowsWhatItMust() {
    EventBusAdapter broken =
        new Polled() {
          @Override
          public void onBatch(EventBatch batch) {
            if (batch.sequenceStart() == 0) {
              throw new AssertionError("a bug of the adapter");
            }
          }

          @Override
          public ShardPage poll(int shard, @Nullable String from, int limit) {
            throw new IllegalStateException("another one");
          }
        };
    try (EventBus bus = EventBus.open(config(3), broken)) {
      bus.ingestRaw("1");
      bus.flush();
      bus.ingestRaw("2");
      bus.flush();

      assertEquals(new EventBusStats(2, 0, 0, 1, 1, 0, 0, 1), bus.stats());
      assertEquals(List.of(0), bus.poll(PollRequest.of(1)).failedShards());
    }
  }

  @Test
  void shouldReportAnAdapterThatDoesNotStart() {
    EventBusAdapter broken =
        new Polled() {
          @Override
          public void init() throws AdapterException {
            throw new AdapterException(Kind.CONNECTION, "nobody there");
          }
        };

    EventBusException e =
        assertThrows(EventBusException.class, () -> EventBus.open(config(0), broken));

    assertEquals(-4, e.error().code());
    assertTrue(String.valueOf(e.getMessage()).contains("connection error: nobody there"));
  }

  @Test
  void shouldReportAnAdapterThatCannotFlushAndStayOpen() {
    EventBusAdapter broken =
        new Polled() {
          private boolean first = true;

          @Override
          public void flush() throws AdapterException {
            if (first) {
              first = false;
              throw new AdapterException(Kind.BACKPRESSURE, "");
            }
          }
        };
    try (EventBus bus = EventBus.open(config(0), broken)) {
      assertEquals(-99, assertThrows(EventBusException.class, bus::flush).error().code());
      bus.ingestRaw("1");
      bus.flush();
    }
  }

  private static EventBusConfig config(int retries) {
    return EventBusConfig.defaults()
        .withShards(1)
        .withBatching(Batching.LOW_LATENCY)
        .withAdapterCalls(Duration.ofSeconds(20), retries);
  }

  /** An adapter of which only some calls matter. */
  private abstract static class Polled implements EventBusAdapter {
    @Override
    public void onBatch(EventBatch batch) throws AdapterException, InterruptedException {
      // Taken.
    }

    @Override
    public ShardPage poll(int shard, @Nullable String from, int limit) {
      return ShardPage.EMPTY;
    }
  }
}
