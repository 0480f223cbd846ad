// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.disk.SimDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replicas take records back, while the power may go at every step. */
class TakenBackTest {
  private static final int SEEDS =
      System.getProperty("lichen.suite", "sample").equals("full") ? 10_000 : 500;
  private static final Path DIRECTORY = Path.of("/base/a");

  @Test
  void shouldGoOnWhereRecordsWereTakenBack() {
    LogFile log = LogFile.inMemory("a", RedexConfig.inMemory(), () -> 1);
    for (int i = 0; i < 5; i++) {
      log.append(new byte[] {(byte) i});
    }
    log.replicaLog().truncateFrom(3);
    assertEquals(3, log.nextSeq());
    assertEquals(3, log.append(new byte[] {9}));
    assertEquals(9, log.read(3).orElseThrow().payload()[0]);
    assertEquals(4, log.size());
    log.replicaLog().resetTo(2);
    assertEquals(0, log.size());
    assertEquals(2, log.append(new byte[] {7}));
    log.discard();
  }

  @Test
  void shouldNotCountAsDurableWhatReplacesDurableRecords() {
    SimDisk disk = new SimDisk();
    LogFile log = open(disk);
    log.append(new byte[] {1});
    log.append(new byte[] {2});
    log.sync();
    log.replicaLog().truncateFrom(1);
    log.append(new byte[] {3});
    assertEquals(1, log.durableSeq());
    log.sync();
    assertEquals(2, log.durableSeq());
    log.discard();
  }

  /** What is found is the log as it was, or as it was to be; never a mixture. */
  @Test
  void shouldSurviveTheLossOfPowerAtEveryStep() {
    long first = Long.getLong("lichen.seed", 1);
    int done = 0;
    for (long seed = first; seed < first + SEEDS; seed++) {
      done += run(seed) ? 1 : 0;
    }
    assertTrue(done > SEEDS / 10 && done < SEEDS, done + " were done before the power went");
  }

  private static LogFile open(SimDisk disk) {
    return LogFile.onDisk("a", RedexConfig.onDisk(), disk, DIRECTORY, () -> 1);
  }

  private static boolean run(long seed) {
    Random random = new Random(seed);
    SimDisk disk = new SimDisk();
    LogFile log = open(disk);
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      log.append(payload(i));
    }
    log.sync();
    int cut = random.nextInt(count);
    boolean all = random.nextInt(3) == 0;
    disk.failAfter(random.nextInt(24));
    boolean done = true;
    try {
      if (all) {
        log.replicaLog().resetTo(cut);
      } else {
        log.replicaLog().truncateFrom(cut);
      }
    } catch (RedexException e) {
      done = false;
    }
    log.stop();
    disk.losePower(random);
    check(open(disk), all ? 0 : cut, count, cut, done, "seed " + seed);
    return done;
  }

  private static void check(
      LogFile found, int left, int count, int next, boolean done, String seed) {
    List<Integer> seqs = new ArrayList<>();
    for (RedexRecord record : found.readRange(0, -1)) {
      seqs.add((int) record.seq());
      assertArrayEquals(payload((int) record.seq()), record.payload(), seed);
    }
    boolean isNew = seqs.size() == left;
    assertTrue(isNew || (!done && seqs.size() == count), () -> seed + ": " + seqs);
    for (int i = 0; i < seqs.size(); i++) {
      assertEquals(i, seqs.get(i), seed);
    }
    if (isNew && left < count) {
      assertEquals(next, found.nextSeq(), seed);
    } else {
      assertEquals(count, found.nextSeq(), seed);
    }
    found.stop();
  }

  private static byte[] payload(int i) {
    return new byte[] {(byte) i, (byte) (i * 7)};
  }
}
