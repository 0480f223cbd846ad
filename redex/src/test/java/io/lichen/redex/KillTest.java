// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writer in the middle of its work again and again: what it acknowledged must be there. A
 * kill hits some logs under each policy, every one at some moment of its own.
 */
class KillTest {
  /** Of logs under each policy. */
  private static final int KILLS =
      System.getProperty("lichen.suite", "sample").equals("full") ? 1000 : 30;

  private static final int MOST_APPENDS = 6000;

  private final long seed = Long.getLong("lichen.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final long[] acknowledged = new long[KilledWriter.LOGS];

  @Test
  void shouldFindEverythingThatAKilledWriterAcknowledged(@TempDir Path directory)
      throws IOException, InterruptedException {
    for (int kills = 0; kills < KILLS; kills += KilledWriter.LOGS_EACH) {
      run(directory);
      try (Redex redex = Redex.open(directory)) {
        for (int number = 0; number < KilledWriter.LOGS; number++) {
          check(redex, number);
        }
      }
    }
  }

  /** Lets a writer run for a while, kills it, and takes down all that it said. */
  private void run(Path directory) throws IOException, InterruptedException {
    Process writer = KilledWriter.start(directory);
    int appends = 1 + random.nextInt(MOST_APPENDS);
    try (DataInputStream in = new DataInputStream(writer.getInputStream())) {
      for (int i = 0; i < appends; i++) {
        hear(in);
      }
      // Not the process itself: that closes the stream with what was said before.
      writer.toHandle().destroyForcibly();
      drain(in);
    } catch (EOFException e) {
      throw new AssertionError("the writer ended by itself; seed " + seed, e);
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private void hear(DataInputStream in) throws IOException {
    int number = in.readInt();
    acknowledged[number] = in.readLong();
  }

  private void drain(DataInputStream in) throws IOException {
    try {
      while (true) {
        hear(in);
      }
    } catch (EOFException e) {
      // That was all it said.
    }
  }

  private void check(Redex redex, int number) {
    String what = KilledWriter.policy(number) + " log " + number + ", seed " + seed;
    RedexFile log = redex.open(KilledWriter.name(number), RedexConfig.onDisk());
    long[] expected = {log.firstSeq().orElse(log.nextSeq())};
    log.visit(
        expected[0],
        log.nextSeq(),
        (seq, payload) -> {
          assertTrue(seq == expected[0]++, () -> what + ": " + seq + " is missing");
          assertArrayEquals(
              KilledWriter.payload(number, seq), payload.toArray(JAVA_BYTE), () -> what);
          return true;
        });
    assertTrue(
        expected[0] >= acknowledged[number],
        () -> what + ": " + acknowledged[number] + " acknowledged, " + expected[0]);
  }
}
