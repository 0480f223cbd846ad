// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.stun;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What a response repeats of its request: 96 bits (RFC 8489, section 5).
 *
 * @param high the first 32 bits
 * @param low the other 64
 */
public record TransactionId(int high, long low) {
  /** Octets of one. */
  public static final int BYTES = 12;

  /**
   * Draws one.
   *
   * @param random has to be one whose numbers nobody guesses: that is all that keeps strangers from
   *     answering
   */
  public static TransactionId draw(RandomGenerator random) {
    return new TransactionId(random.nextInt(), random.nextLong());
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
