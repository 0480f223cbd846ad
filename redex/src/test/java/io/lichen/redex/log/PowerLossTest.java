// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.redex.Durability;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.Retention;
import io.lichen.redex.disk.SimDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cuts the power again and again: what was said to be durable must be there. */
class PowerLossTest {
  private static final int SEEDS =
      System.getProperty("lichen.suite", "sample").equals("full") ? 10_000 : 300;
  private static final Path DIRECTORY = Path.of("/base/a/b");

  @Test
  void shouldKeepWhatWasSaidToBeDurable() {
    long first = Long.getLong("lichen.seed", 1);
    for (long seed = first; seed < first + SEEDS; seed++) {
      new World(seed).run();
    }
  }

  private static final class World {
    private final long seed;
    private final Random random;
    private final SimDisk disk = new SimDisk();
    private final Map<Long, byte[]> appended = new HashMap<>();
    private final RedexConfig config;
    private long durable;
    private long evicted;

    World(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      Durability durability =
          random.nextBoolean() ? new Durability.BatchSync() : new Durability.Never();
      this.config =
          RedexConfig.onDisk()
              .withDurability(durability)
              .withRetention(Retention.ALL.withMaxRecords(1 + random.nextInt(40)));
    }

    void run() {
      for (int life = 0; life < 4; life++) {
        live();
        disk.losePower(random);
        check();
      }
    }

    private LogFile open() {
      return LogFile.onDisk("a/b", config, disk, DIRECTORY, () -> 1);
    }

    private void live() {
      LogFile log = open();
      for (int step = random.nextInt(60); step > 0; step--) {
        act(log);
      }
      log.stop();
    }

    private void act(LogFile log) {
      switch (random.nextInt(12)) {
        case 0 -> log.sync();
        case 1 -> {
          log.sweepRetention();
          evicted = log.firstSeq().orElse(log.nextSeq());
        }
        case 2 -> batch(log);
        case 3 -> remember(log.appendInline(payload(8)), 1);
        default -> {
          byte[] payload = payload(random.nextInt(600));
          remember(log.append(payload), 1);
        }
      }
      durable = log.durableSeq();
    }

    private final List<byte[]> made = new ArrayList<>();

    private byte[] payload(int length) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      made.add(payload);
      return payload;
    }

    private void batch(LogFile log) {
      int count = 1 + random.nextInt(5);
      List<byte[]> payloads = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        payloads.add(payload(random.nextInt(100)));
      }
      remember(log.appendBatch(payloads).orElseThrow(), count);
    }

    private void remember(long first, int count) {
      for (int i = 0; i < count; i++) {
        appended.put(first + i, made.get(made.size() - count + i));
      }
    }

    /** Every durable record is there, and no record is another one than was written. */
    private void check() {
      LogFile log = open();
      Map<Long, RedexRecord> found = new HashMap<>();
      for (RedexRecord record : log.readRange(0, -1)) {
        assertArrayEquals(
            appended.get(record.seq()), record.payload(), () -> "seed " + seed + ": " + record);
        found.put(record.seq(), record);
      }
      for (long seq = evicted; seq < durable; seq++) {
        long wanted = seq;
        assertTrue(
            found.containsKey(seq) || !appended.containsKey(seq),
            () -> "seed " + seed + " lost " + wanted);
      }
      assertTrue(log.nextSeq() >= durable, () -> "seed " + seed);
      assertEquals(found.size(), log.size(), () -> "seed " + seed);
      // What was not durable may be gone for good; its numbers may be given again, or not.
      appended.keySet().retainAll(found.keySet());
      log.stop();
    }
  }
}
