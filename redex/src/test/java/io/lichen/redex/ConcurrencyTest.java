// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers, readers, tails and sweeps on one log at once. */
class ConcurrencyTest {
  private static final int WRITERS = 4;
  private static final int EACH = 400;
  private static final long COUNTED = 300_000;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path directory;

  private final AtomicBoolean isOver = new AtomicBoolean();
  private final Set<Long> seqs = ConcurrentHashMap.newKeySet();

  @Test
  void shouldServeAllAtOnce() throws Exception {
    RedexConfig config =
        RedexConfig.onDisk()
            .withDurability(new Durability.BatchSync())
            .withRetention(Retention.ALL.withMaxRecords(300));
    try (Redex redex = Redex.open(directory);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      RedexFile log = redex.open("a", config);
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.add(threads.submit(() -> write(log)));
      }
      Future<?> sweeper = threads.submit(() -> until(log::sweepRetention));
      Future<?> reader = threads.submit(() -> until(() -> read(log)));
      Future<Long> tail = threads.submit(() -> follow(log));
      for (Future<?> writer : writers) {
        writer.get();
      }
      isOver.set(true);
      sweeper.get();
      reader.get();
      assertEquals(WRITERS * EACH, tail.get());
      assertEquals(WRITERS * EACH, log.nextSeq());
      assertEquals(WRITERS * EACH, seqs.size());
      assertEquals(log.nextSeq(), log.durableSeq());
    }
  }

  @Test
  void shouldCountOnlyWhatItsNextNumberCovers() throws Exception {
    try (Redex redex = Redex.open(directory);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      RedexFile log = redex.open("a", RedexConfig.onDisk());
      byte[] payload = new byte[8];
      Future<?> writer = threads.submit(() -> until(() -> log.append(payload)));
      try {
        for (long size = 0; size < COUNTED; ) {
          size = log.size();
          long next = log.nextSeq();
          assertTrue(size <= next, size + " records before number " + next);
        }
      } finally {
        isOver.set(true);
      }
      writer.get();
    }
  }

  private void write(RedexFile log) {
    for (int i = 0; i < EACH; i++) {
      byte[] payload = ByteBuffer.allocate(16).putLong(i).putLong(~i).array();
      long seq = log.append(payload);
      assertTrue(seqs.add(seq), () -> seq + " was given twice");
      assertTrue(log.durableSeq() > seq, () -> seq + " is not durable");
    }
  }

  private void until(Runnable action) {
    while (!isOver.get()) {
      action.run();
    }
  }

  private static void read(RedexFile log) {
    long next = -1;
    for (RedexRecord record : log.readRange(0, -1)) {
      assertTrue(next == -1 || next == record.seq(), () -> record.seq() + " is out of order");
      ByteBuffer payload = ByteBuffer.wrap(record.payload());
      assertEquals(payload.getLong(), ~payload.getLong());
      next = record.seq() + 1;
    }
  }

  /** Every number is seen once, or said to be missed. */
  private static long follow(RedexFile log) throws InterruptedException {
    long seen = 0;
    try (RedexTail tail = log.tail(0)) {
      while (seen + tail.missed() < (long) WRITERS * EACH) {
        try {
          if (tail.next(Duration.ofSeconds(20)) != null) {
            seen++;
          }
        } catch (RedexException e) {
          assertEquals(RedexError.LAGGED, e.error());
        }
      }
      return seen + tail.missed();
    }
  }
}
