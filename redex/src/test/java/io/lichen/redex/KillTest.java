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

/** Kills a writer in the middle of its work again and again: what it acknowledged must be there. */
class KillTest {
  private static final int KILLS =
      System.getProperty("lichen.suite", "sample").equals("full") ? 1000 : 30;

  private final long seed = Long.getLong("lichen.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void shouldFindEverythingThatAKilledWriterAcknowledged(@TempDir Path directory)
      throws IOException, InterruptedException {
    long acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String policy = KilledWriter.POLICIES.get(kill % KilledWriter.POLICIES.size());
      acknowledged = Math.max(acknowledged, run(directory, policy));
      check(directory, policy, acknowledged);
    }
  }

  /** Lets a writer run for a while; the number after the last that it acknowledged. */
  private long run(Path directory, String policy) throws IOException, InterruptedException {
    Process writer = KilledWriter.start(directory, policy);
    try (DataInputStream in = new DataInputStream(writer.getInputStream())) {
      long next = in.readLong();
      long end = next + random.nextInt(policy.equals("batch") ? 200 : 3000);
      while (next < end) {
        next = in.readLong();
      }
      // Not the process itself: that closes the stream with what was said before.
      writer.toHandle().destroyForcibly();
      return drain(in, next);
    } catch (EOFException e) {
      throw new AssertionError("the writer ended by itself; seed " + seed, e);
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  /** What it had said by the time it was killed. */
  private static long drain(DataInputStream in, long next) throws IOException {
    long last = next;
    try {
      while (true) {
        last = in.readLong();
      }
    } catch (EOFException e) {
      return last;
    }
  }

  private void check(Path directory, String policy, long acknowledged) {
    try (Redex redex = Redex.open(directory)) {
      RedexFile log = redex.open(KilledWriter.LOG, RedexConfig.onDisk());
      long first = log.firstSeq().orElse(log.nextSeq());
      long[] expected = {first};
      log.visit(
          first,
          log.nextSeq(),
          (seq, payload) -> {
            assertTrue(
                seq == expected[0]++, () -> policy + ": " + seq + " is missing; seed " + seed);
            assertArrayEquals(
                KilledWriter.payload(seq),
                payload.toArray(JAVA_BYTE),
                () -> policy + ": " + seq + "; seed " + seed);
            return true;
          });
      assertTrue(
          expected[0] >= acknowledged,
          () -> policy + ": " + acknowledged + " acknowledged, " + expected[0] + "; seed " + seed);
    }
  }
}
