// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static java.lang.Integer.rotateLeft;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The compression function of BLAKE2s (RFC 7693, section 3.2). */
final class Blake2sCompression {
  /** Finalization flag of every block but the last. */
  static final int MORE = 0;

  /** Finalization flag of the last block. */
  static final int LAST = -1;

  private static final int IV0 = 0x6A09E667;
  private static final int IV1 = 0xBB67AE85;
  private static final int IV2 = 0x3C6EF372;
  private static final int IV3 = 0xA54FF53A;
  private static final int IV4 = 0x510E527F;
  private static final int IV5 = 0x9B05688C;
  private static final int IV6 = 0x1F83D9AB;
  private static final int IV7 = 0x5BE0CD19;

  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The eight words with which every hash begins; not to be changed. */
  static final int[] IV = {IV0, IV1, IV2, IV3, IV4, IV5, IV6, IV7};

  private Blake2sCompression() {}

  /** Sets the eight words of a fresh state for the first word of the parameter block. */
  static void initialize(int[] state, int parameters) {
    state[0] = IV0 ^ parameters;
    state[1] = IV1;
    state[2] = IV2;
    state[3] = IV3;
    state[4] = IV4;
    state[5] = IV5;
    state[6] = IV6;
    state[7] = IV7;
  }

  /**
   * Takes one 64-octet block into the state.
   *
   * <p>One long method on purpose: sixteen state and sixteen message words stay in local variables,
   * and each round's message words are picked by a switch. docs/benchmarks.md, "BLAKE2s", compares
   * this with rounds written out (the compiler's register allocation collapses), with a schedule
   * table, and with BouncyCastle.
   *
   * @param total octets hashed up to and with this block, padding not counted
   * @param last {@link #LAST} or {@link #MORE}
   */
  // Each line of a round is half of one G; its four steps as four statements read no better.
  @SuppressWarnings("AssignmentExpression")
  static void compress(int[] state, byte[] in, int offset, long total, int last) {
    int m0 = (int) INT_LE.get(in, offset + 0);
    int m1 = (int) INT_LE.get(in, offset + 4);
    int m2 = (int) INT_LE.get(in, offset + 8);
    int m3 = (int) INT_LE.get(in, offset + 12);
    int m4 = (int) INT_LE.get(in, offset + 16);
    int m5 = (int) INT_LE.get(in, offset + 20);
    int m6 = (int) INT_LE.get(in, offset + 24);
    int m7 = (int) INT_LE.get(in, offset + 28);
    int m8 = (int) INT_LE.get(in, offset + 32);
    int m9 = (int) INT_LE.get(in, offset + 36);
    int m10 = (int) INT_LE.get(in, offset + 40);
    int m11 = (int) INT_LE.get(in, offset + 44);
    int m12 = (int) INT_LE.get(in, offset + 48);
    int m13 = (int) INT_LE.get(in, offset + 52);
    int m14 = (int) INT_LE.get(in, offset + 56);
    int m15 = (int) INT_LE.get(in, offset + 60);
    int v0 = state[0];
    int v1 = state[1];
    int v2 = state[2];
    int v3 = state[3];
    int v4 = state[4];
    int v5 = state[5];
    int v6 = state[6];
    int v7 = state[7];
    int v8 = IV0;
    int v9 = IV1;
    int v10 = IV2;
    int v11 = IV3;
    int v12 = IV4 ^ (int) total;
    int v13 = IV5 ^ (int) (total >>> 32);
    int v14 = IV6 ^ last;
    int v15 = IV7;
    for (int round = 0; round < 10; round++) {
      // Columns
      int x0;
      int x1;
      int x2;
      int x3;
      int x4;
      int x5;
      int x6;
      int x7;
      switch (round) {
        case 0 -> {
          x0 = m0;
          x1 = m1;
          x2 = m2;
          x3 = m3;
          x4 = m4;
          x5 = m5;
          x6 = m6;
          x7 = m7;
        }
        case 1 -> {
          x0 = m14;
          x1 = m10;
          x2 = m4;
          x3 = m8;
          x4 = m9;
          x5 = m15;
          x6 = m13;
          x7 = m6;
        }
        case 2 -> {
          x0 = m11;
          x1 = m8;
          x2 = m12;
          x3 = m0;
          x4 = m5;
          x5 = m2;
          x6 = m15;
          x7 = m13;
        }
        case 3 -> {
          x0 = m7;
          x1 = m9;
          x2 = m3;
          x3 = m1;
          x4 = m13;
          x5 = m12;
          x6 = m11;
          x7 = m14;
        }
        case 4 -> {
          x0 = m9;
          x1 = m0;
          x2 = m5;
          x3 = m7;
          x4 = m2;
          x5 = m4;
          x6 = m10;
          x7 = m15;
        }
        case 5 -> {
          x0 = m2;
          x1 = m12;
          x2 = m6;
          x3 = m10;
          x4 = m0;
          x5 = m11;
          x6 = m8;
          x7 = m3;
        }
        case 6 -> {
          x0 = m12;
          x1 = m5;
          x2 = m1;
          x3 = m15;
          x4 = m14;
          x5 = m13;
          x6 = m4;
          x7 = m10;
        }
        case 7 -> {
          x0 = m13;
          x1 = m11;
          x2 = m7;
          x3 = m14;
          x4 = m12;
          x5 = m1;
          x6 = m3;
          x7 = m9;
        }
        case 8 -> {
          x0 = m6;
          x1 = m15;
          x2 = m14;
          x3 = m9;
          x4 = m11;
          x5 = m3;
          x6 = m0;
          x7 = m8;
        }
        default -> {
          x0 = m10;
          x1 = m2;
          x2 = m8;
          x3 = m4;
          x4 = m7;
          x5 = m6;
          x6 = m1;
          x7 = m5;
        }
      }
      v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + x0), 16)), 20);
      v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + x1), 24)), 25);
      v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + x2), 16)), 20);
      v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + x3), 24)), 25);
      v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + x4), 16)), 20);
      v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + x5), 24)), 25);
      v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + x6), 16)), 20);
      v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + x7), 24)), 25);
      // Diagonals
      int y0;
      int y1;
      int y2;
      int y3;
      int y4;
      int y5;
      int y6;
      int y7;
      switch (round) {
        case 0 -> {
          y0 = m8;
          y1 = m9;
          y2 = m10;
          y3 = m11;
          y4 = m12;
          y5 = m13;
          y6 = m14;
          y7 = m15;
        }
        case 1 -> {
          y0 = m1;
          y1 = m12;
          y2 = m0;
          y3 = m2;
          y4 = m11;
          y5 = m7;
          y6 = m5;
          y7 = m3;
        }
        case 2 -> {
          y0 = m10;
          y1 = m14;
          y2 = m3;
          y3 = m6;
          y4 = m7;
          y5 = m1;
          y6 = m9;
          y7 = m4;
        }
        case 3 -> {
          y0 = m2;
          y1 = m6;
          y2 = m5;
          y3 = m10;
          y4 = m4;
          y5 = m0;
          y6 = m15;
          y7 = m8;
        }
        case 4 -> {
          y0 = m14;
          y1 = m1;
          y2 = m11;
          y3 = m12;
          y4 = m6;
          y5 = m8;
          y6 = m3;
          y7 = m13;
        }
        case 5 -> {
          y0 = m4;
          y1 = m13;
          y2 = m7;
          y3 = m5;
          y4 = m15;
          y5 = m14;
          y6 = m1;
          y7 = m9;
        }
        case 6 -> {
          y0 = m0;
          y1 = m7;
          y2 = m6;
          y3 = m3;
          y4 = m9;
          y5 = m2;
          y6 = m8;
          y7 = m11;
        }
        case 7 -> {
          y0 = m5;
          y1 = m0;
          y2 = m15;
          y3 = m4;
          y4 = m8;
          y5 = m6;
          y6 = m2;
          y7 = m10;
        }
        case 8 -> {
          y0 = m12;
          y1 = m2;
          y2 = m13;
          y3 = m7;
          y4 = m1;
          y5 = m4;
          y6 = m10;
          y7 = m5;
        }
        default -> {
          y0 = m15;
          y1 = m11;
          y2 = m9;
          y3 = m14;
          y4 = m3;
          y5 = m12;
          y6 = m13;
          y7 = m0;
        }
      }
      v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + y0), 16)), 20);
      v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + y1), 24)), 25);
      v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + y2), 16)), 20);
      v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + y3), 24)), 25);
      v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + y4), 16)), 20);
      v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + y5), 24)), 25);
      v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + y6), 16)), 20);
      v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + y7), 24)), 25);
    }
    state[0] ^= v0 ^ v8;
    state[1] ^= v1 ^ v9;
    state[2] ^= v2 ^ v10;
    state[3] ^= v3 ^ v11;
    state[4] ^= v4 ^ v12;
    state[5] ^= v5 ^ v13;
    state[6] ^= v6 ^ v14;
    state[7] ^= v7 ^ v15;
  }
}
