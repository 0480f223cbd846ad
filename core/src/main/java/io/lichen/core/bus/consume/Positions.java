// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import java.math.BigInteger;

/** The formats of positions (docs/wire/net-event-bus.md, "Cursors"). */
final class Positions {
  private static final int HALF_BITS = 64;
  private static final int NUMBER_BITS = 128;

  /** The most digits that leave room for leading zeros without work that grows with its square. */
  private static final int MOST_DIGITS = 1000;

  /** What a position looks like. A shard's never changes. */
  enum Format {
    /** Two numbers of 64 bits with a hyphen between. */
    PAIR,
    /** A number of 128 bits. */
    NUMBER,
    /** Anything else. */
    OPAQUE
  }

  private Positions() {}

  static Format format(String position) {
    int hyphen = position.indexOf('-');
    if (hyphen >= 0
        && isUnsigned(position.substring(0, hyphen), HALF_BITS)
        && isUnsigned(position.substring(hyphen + 1), HALF_BITS)) {
      return Format.PAIR;
    }
    return isUnsigned(position, NUMBER_BITS) ? Format.NUMBER : Format.OPAQUE;
  }

  /** A plus and leading zeros are allowed, as in the natives. */
  private static boolean isUnsigned(String text, int bits) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    return !digits.isEmpty()
        && digits.length() <= MOST_DIGITS
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && new BigInteger(digits).bitLength() <= bits;
  }
}
