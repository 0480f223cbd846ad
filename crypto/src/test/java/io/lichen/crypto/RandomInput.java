// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.util.Arrays;
import java.util.Random;

/** Seeded random and mutated octets; {@code lichen.suite} says how many. */
public final class RandomInput {
  private RandomInput() {}

  /** 10^6 inputs in the full suite, 10^5 else. */
  public static int count() {
    return System.getProperty("lichen.suite", "sample").equals("full") ? 1_000_000 : 100_000;
  }

  /** A source whose seed is printed, and may be set as {@code lichen.seed} to run it again. */
  public static Random seeded(String test) {
    long seed = Long.getLong("lichen.seed", System.nanoTime());
    System.out.println(test + ": -Dlichen.seed=" + seed);
    return new Random(seed);
  }

  /**
   * Half the time random octets up to a length, else the sample with a few octets altered or cut.
   */
  public static byte[] mutated(Random random, byte[] sample, int maxLength) {
    if (random.nextBoolean()) {
      byte[] octets = new byte[random.nextInt(maxLength + 1)];
      random.nextBytes(octets);
      return octets;
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(sample.length + 8) : sample.length;
    byte[] octets = Arrays.copyOf(sample, length);
    for (int change = random.nextInt(3); change >= 0 && length > 0; change--) {
      octets[random.nextInt(length)] = (byte) random.nextInt();
    }
    return octets;
  }
}
