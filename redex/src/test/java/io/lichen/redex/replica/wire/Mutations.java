// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changed messages: each is read or refused, and what is read is written again as it was. */
final class Mutations {
  private static final int INPUTS =
      System.getProperty("lichen.suite", "sample").equals("full") ? 1_000_000 : 100_000;

  private Mutations() {}

  /** Reads a message and writes what was read. */
  interface Decoder {
    byte[] encodedAgain(ByteBuffer message) throws SyncFault;
  }

  static void check(List<byte[]> messages, List<Decoder> decoders) {
    long seed = Long.getLong("lichen.seed", System.nanoTime());
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] message = mutated(messages.get(i % messages.size()), random);
      byte[] before = message.clone();
      try {
        byte[] again = decoders.get(i % decoders.size()).encodedAgain(ByteBuffer.wrap(message));
        read++;
        assertArrayEquals(Arrays.copyOf(before, again.length), again, () -> "seed " + seed);
      } catch (SyncFault e) {
        assertArrayEquals(before, message);
      }
    }
    assertTrue(read > INPUTS / 20 && read < INPUTS, () -> "seed " + seed);
  }

  private static byte[] mutated(byte[] message, Random random) {
    byte[] mutated = Arrays.copyOf(message, message.length + random.nextInt(3) - 1);
    if (random.nextInt(8) == 0) {
      mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length + 1));
    }
    for (int flips = random.nextInt(4); flips > 0 && mutated.length > 0; flips--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }
}
