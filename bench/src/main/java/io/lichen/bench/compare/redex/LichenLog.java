// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import io.lichen.redex.Durability;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** Lichen's log. */
final class LichenLog implements LogDriver {
  private static final int PAGE = 1000;
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Redex redex;
  private final RedexFile log;

  LichenLog(Path directory, String durability) {
    redex = Redex.open(directory);
    log = redex.open("bench/log", RedexConfig.onDisk().withDurability(durability(durability)));
  }

  private static Durability durability(String name) {
    return switch (name) {
      case LogLoad.EVERY_N -> new Durability.EveryN(LogLoad.EVERY_RECORDS);
      case LogLoad.INTERVAL -> new Durability.Interval(Duration.ofMillis(LogLoad.EVERY_MS));
      case LogLoad.SYNC -> new Durability.BatchSync();
      default -> new Durability.Never();
    };
  }

  @Override
  public void append(byte[] payload) {
    log.append(payload);
  }

  @Override
  public void appendBatch(List<byte[]> payloads) {
    log.appendBatch(payloads);
  }

  @Override
  public long size() {
    return log.size();
  }

  @Override
  public long read(long records) {
    long bytes = 0;
    for (long from = 0; from < records; from += PAGE) {
      for (RedexRecord record : log.readRange(from, from + PAGE)) {
        bytes += record.payload().length;
      }
    }
    return bytes;
  }

  @Override
  public void follow(long records, LongConsumer stamps) throws InterruptedException {
    try (RedexTail tail = log.tail(0)) {
      for (long i = 0; i < records; i++) {
        RedexRecord record = tail.next(LONG);
        if (record == null) {
          throw new IllegalStateException("no record within " + LONG);
        }
        stamps.accept(ByteBuffer.wrap(record.payload()).getLong());
      }
    }
  }

  @Override
  public void close() {
    redex.close();
  }
}
