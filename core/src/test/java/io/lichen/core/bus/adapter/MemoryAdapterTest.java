// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.EventBatch;
import io.lichen.core.bus.EventBusAdapter.ShardPage;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.bus.Retention;
import io.lichen.core.bus.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryAdapterTest {
  private static final Retention ALL = new Retention(null, null, null);

  private final AtomicLong nowNs = new AtomicLong();
  private long sequence;

  @Test
  void shouldReadFromAnyPositionOn() throws AdapterException {
    MemoryAdapter adapter = adapter(ALL);
    append(adapter, "a", "b", "c");
    append(adapter, "d", "e");

    ShardPage first = adapter.poll(0, null, 2);
    ShardPage second = adapter.poll(0, first.next(), 9);
    ShardPage third = adapter.poll(0, second.next(), 9);

    assertEquals(List.of("a", "b"), texts(first));
    assertTrue(first.hasMore());
    assertEquals("77-1", first.next());
    assertEquals(List.of("c", "d", "e"), texts(second));
    assertFalse(second.hasMore());
    assertEquals(new ShardPage(List.of(), null, false, 0), third);
    assertEquals(ShardPage.EMPTY, adapter.poll(1, null, 9));
    assertEquals(ShardPage.EMPTY, adapter.poll(500, null, 9), "a shard that the bus has not");
  }

  @Test
  void shouldKeepSoManyEventsAndTellAConsumerWhatItMissed() throws AdapterException {
    MemoryAdapter adapter = adapter(new Retention(6L, null, null)); // 3 for each of 2 shards
    append(adapter, "a", "b");
    ShardPage early = adapter.poll(0, null, 1);
    append(adapter, "c", "d", "e");

    assertEquals(List.of("c", "d", "e"), texts(adapter.poll(0, null, 9)));
    assertEquals(0, adapter.poll(0, null, 9).missed());
    assertEquals(1, adapter.poll(0, early.next(), 9).missed());
    assertEquals(2, adapter.expired());
    assertEquals(3, adapter.size());
  }

  @Test
  void shouldKeepSoManyBytes() throws AdapterException {
    MemoryAdapter adapter = adapter(new Retention(null, 20L, null));
    append(adapter, "123456", "1234", "12");

    assertEquals(List.of("1234", "12"), texts(adapter.poll(0, null, 9)));
    append(adapter, "12345678901");
    assertEquals(0, adapter.size(), "larger than all that may be kept");
    assertNull(adapter.poll(0, null, 9).next());
  }

  @Test
  void shouldKeepEventsForSoLong() throws AdapterException {
    MemoryAdapter adapter = adapter(new Retention(null, null, Duration.ofNanos(100)));
    append(adapter, "a", "b");
    nowNs.set(60);
    append(adapter, "c");
    nowNs.set(101);

    assertEquals(List.of("c"), texts(adapter.poll(0, null, 9)));
    nowNs.set(161);
    assertEquals(List.of(), texts(adapter.poll(0, null, 9)));
    assertEquals(3, adapter.expired());
  }

  @Test
  void shouldKeepABatchOnceThatComesTwice() throws AdapterException {
    MemoryAdapter adapter = adapter(ALL);
    EventBatch batch = batch(0, "a", "b");

    adapter.onBatch(batch);
    adapter.onBatch(batch);

    assertEquals(List.of("a", "b"), texts(adapter.poll(0, null, 9)));
  }

  @Test
  void shouldNotMindBatchesThatWereLostOnTheWay() throws AdapterException {
    MemoryAdapter adapter = adapter(new Retention(4L, null, null));
    adapter.onBatch(batch(10, "a", "b"));
    adapter.onBatch(batch(1000, "c"));

    ShardPage page = adapter.poll(0, null, 1);
    assertEquals("77-11", page.next());
    assertEquals(List.of("c"), texts(adapter.poll(0, "77-500", 9)));
    assertEquals(2, adapter.size());
  }

  @Test
  void shouldBeginAnewForPositionsOfAnEarlierLife() throws AdapterException {
    MemoryAdapter adapter = adapter(ALL);
    append(adapter, "a");

    assertEquals(List.of("a"), texts(adapter.poll(0, "76-12345", 9)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"77-1", "78-0", "5", "", "-", "77-", "-5", "77--1", "x-0", "77-0-0"})
  void shouldRefusePositionsThatItNeverGave(String position) {
    MemoryAdapter adapter = adapter(ALL);
    append(adapter, "a");

    assertThrows(AdapterException.class, () -> adapter.poll(0, position, 9));
  }

  @Test
  void shouldRefuseARetentionOfNothing() {
    for (Object[] zeros :
        new Object[][] {{0L, null, null}, {null, 0L, null}, {null, null, Duration.ZERO}}) {
      assertThrows(
          EventBusException.class,
          () ->
              new Retention(
                  (@Nullable Long) zeros[0],
                  (@Nullable Long) zeros[1],
                  (@Nullable Duration) zeros[2]));
    }
  }

  private MemoryAdapter adapter(Retention retention) {
    return new MemoryAdapter(2, retention, 77, nowNs::get);
  }

  private void append(MemoryAdapter adapter, String... events) {
    adapter.onBatch(batch(sequence, events));
    sequence += events.length;
  }

  private static EventBatch batch(long sequenceStart, String... events) {
    byte[][] raw = new byte[events.length][];
    for (int i = 0; i < events.length; i++) {
      raw[i] = events[i].getBytes(StandardCharsets.UTF_8);
    }
    return new EventBatch(0, sequenceStart, 1, raw, new long[events.length]);
  }

  private static List<String> texts(ShardPage page) {
    return page.events().stream().map(StoredEvent::text).toList();
  }
}
