// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static java.lang.Integer.rotateLeft;

/** The ChaCha20 block function (RFC 8439, section 2.3). */
final class ChaCha20 {
  /** Words of key. */
  static final int KEY_WORDS = 8;

  /** Words of key stream that one block yields. */
  static final int BLOCK_WORDS = 16;

  // "expand 32-byte k", little-endian.
  private static final int C0 = 0x61707865;
  private static final int C1 = 0x3320646E;
  private static final int C2 = 0x79622D32;
  private static final int C3 = 0x6B206574;

  private ChaCha20() {}

  /**
   * Writes the sixteen key-stream words of one block.
   *
   * <p>Longer than methods should be, since the state lives in sixteen local variables.
   */
  // Each line of a round is half of a quarter round; its four steps as statements read no better.
  @SuppressWarnings("AssignmentExpression")
  static void block(int[] key, int counter, int nonce0, int nonce1, int nonce2, int[] out) {
    int x0 = C0;
    int x1 = C1;
    int x2 = C2;
    int x3 = C3;
    int x4 = key[0];
    int x5 = key[1];
    int x6 = key[2];
    int x7 = key[3];
    int x8 = key[4];
    int x9 = key[5];
    int x10 = key[6];
    int x11 = key[7];
    int x12 = counter;
    int x13 = nonce0;
    int x14 = nonce1;
    int x15 = nonce2;
    for (int doubleRound = 0; doubleRound < 10; doubleRound++) {
      x4 = rotateLeft(x4 ^ (x8 += x12 = rotateLeft(x12 ^ (x0 += x4), 16)), 12);
      x4 = rotateLeft(x4 ^ (x8 += x12 = rotateLeft(x12 ^ (x0 += x4), 8)), 7);
      x5 = rotateLeft(x5 ^ (x9 += x13 = rotateLeft(x13 ^ (x1 += x5), 16)), 12);
      x5 = rotateLeft(x5 ^ (x9 += x13 = rotateLeft(x13 ^ (x1 += x5), 8)), 7);
      x6 = rotateLeft(x6 ^ (x10 += x14 = rotateLeft(x14 ^ (x2 += x6), 16)), 12);
      x6 = rotateLeft(x6 ^ (x10 += x14 = rotateLeft(x14 ^ (x2 += x6), 8)), 7);
      x7 = rotateLeft(x7 ^ (x11 += x15 = rotateLeft(x15 ^ (x3 += x7), 16)), 12);
      x7 = rotateLeft(x7 ^ (x11 += x15 = rotateLeft(x15 ^ (x3 += x7), 8)), 7);
      x5 = rotateLeft(x5 ^ (x10 += x15 = rotateLeft(x15 ^ (x0 += x5), 16)), 12);
      x5 = rotateLeft(x5 ^ (x10 += x15 = rotateLeft(x15 ^ (x0 += x5), 8)), 7);
      x6 = rotateLeft(x6 ^ (x11 += x12 = rotateLeft(x12 ^ (x1 += x6), 16)), 12);
      x6 = rotateLeft(x6 ^ (x11 += x12 = rotateLeft(x12 ^ (x1 += x6), 8)), 7);
      x7 = rotateLeft(x7 ^ (x8 += x13 = rotateLeft(x13 ^ (x2 += x7), 16)), 12);
      x7 = rotateLeft(x7 ^ (x8 += x13 = rotateLeft(x13 ^ (x2 += x7), 8)), 7);
      x4 = rotateLeft(x4 ^ (x9 += x14 = rotateLeft(x14 ^ (x3 += x4), 16)), 12);
      x4 = rotateLeft(x4 ^ (x9 += x14 = rotateLeft(x14 ^ (x3 += x4), 8)), 7);
    }
    out[0] = x0 + C0;
    out[1] = x1 + C1;
    out[2] = x2 + C2;
    out[3] = x3 + C3;
    out[4] = x4 + key[0];
    out[5] = x5 + key[1];
    out[6] = x6 + key[2];
    out[7] = x7 + key[3];
    out[8] = x8 + key[4];
    out[9] = x9 + key[5];
    out[10] = x10 + key[6];
    out[11] = x11 + key[7];
    out[12] = x12 + counter;
    out[13] = x13 + nonce0;
    out[14] = x14 + nonce1;
    out[15] = x15 + nonce2;
  }
}
