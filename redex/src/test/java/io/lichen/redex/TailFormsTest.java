// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Follows logs with an iterator, a stream and a callback. */
@Timeout(60)
class TailFormsTest {
  private static final RedexConfig TWO_RECORDS =
      RedexConfig.inMemory().withRetention(Retention.ALL.withMaxRecords(2));

  private final Redex redex = Redex.inMemory();
  private final RedexFile log = redex.open("a", TWO_RECORDS);

  @AfterEach
  void close() {
    redex.close();
  }

  private void append(int count) {
    IntStream.range(0, count).forEach(i -> log.append(new byte[] {(byte) i}));
  }

  private static List<Object> seen(Stream<RedexItem> items) {
    return items.<Object>map(i -> i instanceof RedexRecord r ? r.seq() : i).toList();
  }

  @Test
  void shouldIterateOverWhatIsThereAndWhatComes() throws InterruptedException {
    append(2);
    try (RedexIterator items = log.iterator(1)) {
      assertTrue(items.hasNext());
      assertEquals(1, items.lag(), "looking does not take");
      assertEquals(1, items.position());
      assertInstanceOf(RedexRecord.class, items.next());
      assertEquals(0, items.lag());
      assertEquals(2, items.position());
      Thread writer = Thread.ofVirtual().start(() -> append(1));
      assertEquals(2, assertInstanceOf(RedexRecord.class, items.next()).seq());
      writer.join();
    }
  }

  @Test
  void shouldStreamToTheEndOfAClosedLogAndTellOfWhatWasEvicted() {
    append(9);
    try (RedexIterator items = log.iterator(3);
        Stream<RedexItem> stream = items.stream()) {
      log.sweepRetention();
      log.close();
      assertEquals(List.of(new RedexGap(3, 7), 7L, 8L), seen(stream));
      assertEquals(4, items.missed());
      assertEquals(4, new RedexGap(3, 7).count());
    }
  }

  @Test
  void shouldEndAnIteratorThatWaits() throws Exception {
    RedexIterator items = log.iterator(0);
    CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(items::hasNext);
    items.close();
    assertFalse(waits.get());
    append(1);
    assertFalse(items.hasNext());
  }

  @Test
  void shouldNotTakeAnInterruptForAnEnd() {
    try (RedexIterator items = log.iterator(0)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, items::hasNext);
      assertTrue(Thread.interrupted());
      append(1);
      assertTrue(items.hasNext());
    }
  }

  @Test
  void shouldCallBackInOrderUntilTheLogIsClosed() throws Exception {
    append(5);
    log.sweepRetention();
    BlockingQueue<RedexItem> seen = new LinkedBlockingQueue<>();
    try (RedexFollower follower = log.follow(0, seen::add)) {
      assertEquals(new RedexGap(0, 3), seen.take());
      append(1);
      log.close();
      follower.end().get();
      assertEquals(List.of(3L, 4L, 5L), seen(seen.stream()));
      assertEquals(3, follower.missed());
      assertEquals(6, follower.position());
      assertEquals(0, follower.lag());
    }
  }

  @Test
  void shouldEndWithWhatACallbackThrew() {
    append(1);
    IllegalStateException thrown = new IllegalStateException("no");
    try (RedexFollower follower =
        log.follow(
            0,
            item -> {
              throw thrown;
            })) {
      ExecutionException end = assertThrows(ExecutionException.class, () -> follower.end().get());
      assertEquals(thrown, end.getCause());
    }
  }

  @Test
  void shouldCallNobodyAfterAFollowerWasClosed() throws Exception {
    BlockingQueue<RedexItem> seen = new LinkedBlockingQueue<>();
    RedexFollower follower = log.follow(0, seen::add);
    follower.close();
    follower.end().get(20, TimeUnit.SECONDS);
    append(1);
    assertTrue(seen.isEmpty());
  }

  @Test
  void shouldSayWhetherARecordIsDurable(@TempDir Path directory) throws Exception {
    try (Redex disk = Redex.open(directory)) {
      RedexFile onDisk = disk.open("a", RedexConfig.onDisk());
      try (RedexTail tail = onDisk.tail(0);
          RedexIterator items = onDisk.iterator(0)) {
        onDisk.append(new byte[1]);
        assertEquals(0, assertInstanceOf(RedexRecord.class, tail.next(Duration.ZERO)).seq());
        assertTrue(items.hasNext());
        assertFalse(tail.isDurable(0));
        assertFalse(items.isDurable(0));
        onDisk.sync();
        assertTrue(tail.isDurable(0));
        assertTrue(items.isDurable(0));
        assertFalse(tail.isDurable(1));
      }
    }
  }
}
