// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport;

import java.util.Arrays;
import java.util.Random;

/** How much a heavy test does, and the inputs that it is given. */
public final class Suite {
  private static final boolean FULL = "full".equals(System.getProperty("lichen.suite"));

  private Suite() {}

  /** Inputs for each decoder. */
  public static int inputs() {
    return FULL ? 1_000_000 : 100_000;
  }

  /** Inputs for a decoder that makes a key agreement for each. */
  public static int costlyInputs() {
    return FULL ? 1_000_000 : 2_000;
  }

  /** Simulated handshakes for each scenario. */
  public static int simulations() {
    return FULL ? 5_000 : 200;
  }

  /** A new seed, or the one given by the property {@code lichen.seed}. */
  public static long seed() {
    return Long.getLong("lichen.seed", System.nanoTime());
  }

  /** Random octets, or the good ones altered, cut or lengthened. */
  public static byte[] mutate(Random random, byte[] good, int maxRandomLength) {
    if (random.nextInt(4) == 0) {
      byte[] octets = new byte[random.nextInt(maxRandomLength + 1)];
      random.nextBytes(octets);
      return octets;
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(good.length + 8) : good.length;
    byte[] octets = Arrays.copyOf(good, length);
    int changes = random.nextInt(4);
    for (int i = 0; i < changes && length > 0; i++) {
      octets[random.nextInt(length)] = (byte) random.nextInt(256);
    }
    return octets;
  }
}
