// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.random.RandomGenerator;

/**
 * Turns a message id into 128 keyed bits, so that tables need no strings and nobody outside can
 * choose ids that collide. The result stands in {@link #high} and {@link #low} until the next call:
 * no object per id. Single-threaded.
 */
final class IdHasher {
  private static final long ODD_A = 0x9E3779B97F4A7C15L;
  private static final long ODD_B = 0xD6E8FEB86659FD93L;

  private final long keyA;
  private final long keyB;
  private final long keyC;
  private final long keyD;

  long high;
  long low;

  IdHasher(RandomGenerator random) {
    keyA = random.nextLong();
    keyB = random.nextLong();
    keyC = random.nextLong();
    keyD = random.nextLong();
  }

  void hash(String id) {
    int length = id.length();
    long a = keyA ^ length;
    long b = keyB + length * ODD_A;
    int index = 0;
    for (; index + 8 <= length; index += 8) {
      long left = fourChars(id, index);
      long right = fourChars(id, index + 4);
      a = fold(a ^ left, keyC ^ right);
      b = fold(b ^ right, keyD + left);
    }
    for (; index < length; index++) {
      long unit = id.charAt(index) + 1L;
      a = fold(a ^ unit, keyC ^ ODD_B);
      b = fold(b + unit, keyD ^ ODD_A);
    }
    high = fold(a ^ keyD, b ^ ODD_A);
    low = fold(b ^ keyC, (a + ODD_B) ^ keyB);
  }

  private static long fourChars(String id, int index) {
    return (long) id.charAt(index) << 48
        | (long) id.charAt(index + 1) << 32
        | (long) id.charAt(index + 2) << 16
        | id.charAt(index + 3);
  }

  /** Both halves of the 128-bit product, mixed; a zero factor keeps the other one's bits. */
  private static long fold(long x, long y) {
    return (x * y) ^ Math.unsignedMultiplyHigh(x, y) ^ Long.rotateLeft(x, 29) ^ (y >>> 1);
  }
}
