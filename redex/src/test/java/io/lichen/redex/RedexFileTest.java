// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log does, in memory and on disk alike. */
class RedexFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path directory;

  private Redex redex() {
    return Redex.open(directory);
  }

  private static RedexConfig config(boolean onDisk) {
    return onDisk ? RedexConfig.onDisk() : RedexConfig.inMemory();
  }

  private static long next(RedexTail tail) throws InterruptedException {
    return Objects.requireNonNull(tail.next(Duration.ofSeconds(20))).seq();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> texts(List<RedexRecord> records) {
    return records.stream().map(r -> r.seq() + ":" + new String(r.payload(), UTF_8)).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadWhatWasAppended(boolean onDisk) {
    try (Redex redex = redex()) {
      RedexFile log = redex.open("lab/metrics", config(onDisk));
      assertEquals(0, log.append(bytes("alpha")));
      assertEquals(1, log.append(bytes("")));
      assertEquals(2, log.appendInline(bytes("inline-8")));
      assertEquals(OptionalLong.of(3), log.appendBatch(List.of(bytes("x"), bytes("y"))));
      assertEquals(OptionalLong.empty(), log.appendBatch(List.of()));

      assertEquals(
          List.of("0:alpha", "1:", "2:inline-8", "3:x", "4:y"), texts(log.readRange(0, 100)));
      assertEquals(List.of("1:", "2:inline-8"), texts(log.readRange(1, 3)));
      assertEquals(List.of(), log.readRange(3, 3));
      assertTrue(log.read(2).orElseThrow().inline());
      assertTrue(log.read(5).isEmpty());
      assertEquals(5, log.size());
      assertEquals(5, log.nextSeq());
      assertEquals(OptionalLong.of(0), log.firstSeq());
    }
  }

  @Test
  void shouldNameLogsInMemoryAndOnDiskOpenOrNot() {
    try (Redex redex = redex()) {
      redex.open("a/b", RedexConfig.onDisk());
      redex.open("a/b/c", RedexConfig.onDisk());
    }
    try (Redex redex = redex()) {
      redex.open("a", RedexConfig.inMemory());
      assertEquals(List.of("a", "a/b", "a/b/c"), List.copyOf(redex.names()));
      redex.remove("a/b");
      assertEquals(List.of("a", "a/b/c"), List.copyOf(redex.names()));
    }
    assertEquals(List.of("a/b/c"), List.copyOf(Redex.openReadOnly(directory).names()));
    assertTrue(Redex.inMemory().names().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGrow(boolean onDisk) {
    try (Redex redex = redex()) {
      RedexFile log = redex.open("big", config(onDisk));
      byte[] payload = new byte[3000];
      for (int i = 0; i < 5000; i++) {
        payload[0] = (byte) i;
        log.append(payload);
      }
      assertEquals(5000, log.size());
      for (int i = 0; i < 5000; i += 777) {
        payload[0] = (byte) i;
        assertArrayEquals(payload, log.read(i).orElseThrow().payload());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldEvictWhatIsNotToBeKept(boolean onDisk) {
    try (Redex redex = redex()) {
      RedexFile log =
          redex.open("a", config(onDisk).withRetention(Retention.ALL.withMaxRecords(3)));
      IntStream.range(0, 10).forEach(i -> log.append(bytes("v" + i)));
      log.sweepRetention();
      assertEquals(List.of("7:v7", "8:v8", "9:v9"), texts(log.readRange(0, 100)));
      assertEquals(10, log.append(bytes("v10")));
      assertEquals(OptionalLong.of(7), log.firstSeq());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFollowTheLog(boolean onDisk) throws Exception {
    try (Redex redex = redex()) {
      RedexFile log = redex.open("a", config(onDisk));
      log.append(bytes("before"));
      try (RedexTail tail = log.tail(0)) {
        assertEquals(1, tail.lag());
        assertEquals(0, next(tail));
        assertNull(tail.next(Duration.ofMillis(1)));
        Thread writer = Thread.ofVirtual().start(() -> log.append(bytes("after")));
        assertEquals(1, next(tail));
        writer.join();
        log.close();
        assertNull(tail.next(Duration.ofSeconds(20)));
        assertTrue(tail.isAtEnd());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTellATailHowManyRecordsItMissed(boolean onDisk) throws Exception {
    try (Redex redex = redex()) {
      RedexFile log =
          redex.open("a", config(onDisk).withRetention(Retention.ALL.withMaxRecords(2)));
      try (RedexTail tail = log.tail(0)) {
        IntStream.range(0, 10).forEach(i -> log.append(bytes("v" + i)));
        log.sweepRetention();
        RedexException lagged = assertThrows(RedexException.class, () -> tail.next(Duration.ZERO));
        assertEquals(RedexError.LAGGED, lagged.error());
        assertEquals(8, tail.missed());
        assertEquals(8, next(tail));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "every", "interval", "bytes", "batch"})
  void shouldKeepWhatWasAppended(String durability) {
    RedexConfig config =
        RedexConfig.onDisk()
            .withDurability(
                switch (durability) {
                  case "every" -> new Durability.EveryN(2);
                  case "interval" -> new Durability.Interval(Duration.ofMillis(1));
                  case "bytes" -> new Durability.IntervalOrBytes(Duration.ofMillis(50), 100);
                  case "batch" -> new Durability.BatchSync();
                  default -> new Durability.Never();
                });
    try (Redex redex = redex()) {
      RedexFile log = redex.open("a", config);
      log.append(bytes("one"));
      assertEquals(1, log.appendAsync(bytes("two")).join());
      if (durability.equals("batch")) {
        assertEquals(2, log.durableSeq());
      }
    }
    try (Redex redex = redex()) {
      RedexFile log = redex.open("a", config);
      assertEquals(List.of("0:one", "1:two"), texts(log.readRange(0, 10)));
      assertEquals(2, log.append(bytes("three")));
    }
  }
}
