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
   * <p>One long method on purpose: sixteen state and sixteen message words stay in local variables
   * through all ten rounds with the message schedule written out. docs/benchmarks.md, "BLAKE2s",
   * has the numbers for this, for rounds in a loop over a schedule table, and for BouncyCastle.
   *
   * @param total octets hashed up to and with this block, padding not counted
   * @param last {@link #LAST} or {@link #MORE}
   */
  // Each line is half of one G; its four steps as four statements would make 640 lines of this.
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
    // Round 1
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m0), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m1), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m2), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m3), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m4), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m5), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m6), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m7), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m8), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m9), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m10), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m11), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m12), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m13), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m14), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m15), 24)), 25);
    // Round 2
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m14), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m10), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m4), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m8), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m9), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m15), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m13), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m6), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m1), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m12), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m0), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m2), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m11), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m7), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m5), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m3), 24)), 25);
    // Round 3
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m11), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m8), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m12), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m0), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m5), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m2), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m15), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m13), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m10), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m14), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m3), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m6), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m7), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m1), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m9), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m4), 24)), 25);
    // Round 4
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m7), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m9), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m3), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m1), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m13), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m12), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m11), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m14), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m2), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m6), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m5), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m10), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m4), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m0), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m15), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m8), 24)), 25);
    // Round 5
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m9), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m0), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m5), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m7), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m2), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m4), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m10), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m15), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m14), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m1), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m11), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m12), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m6), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m8), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m3), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m13), 24)), 25);
    // Round 6
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m2), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m12), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m6), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m10), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m0), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m11), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m8), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m3), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m4), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m13), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m7), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m5), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m15), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m14), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m1), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m9), 24)), 25);
    // Round 7
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m12), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m5), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m1), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m15), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m14), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m13), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m4), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m10), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m0), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m7), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m6), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m3), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m9), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m2), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m8), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m11), 24)), 25);
    // Round 8
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m13), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m11), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m7), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m14), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m12), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m1), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m3), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m9), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m5), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m0), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m15), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m4), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m8), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m6), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m2), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m10), 24)), 25);
    // Round 9
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m6), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m15), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m14), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m9), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m11), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m3), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m0), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m8), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m12), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m2), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m13), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m7), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m1), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m4), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m10), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m5), 24)), 25);
    // Round 10
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m10), 16)), 20);
    v4 = rotateLeft(v4 ^ (v8 += v12 = rotateLeft(v12 ^ (v0 += v4 + m2), 24)), 25);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m8), 16)), 20);
    v5 = rotateLeft(v5 ^ (v9 += v13 = rotateLeft(v13 ^ (v1 += v5 + m4), 24)), 25);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m7), 16)), 20);
    v6 = rotateLeft(v6 ^ (v10 += v14 = rotateLeft(v14 ^ (v2 += v6 + m6), 24)), 25);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m1), 16)), 20);
    v7 = rotateLeft(v7 ^ (v11 += v15 = rotateLeft(v15 ^ (v3 += v7 + m5), 24)), 25);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m15), 16)), 20);
    v5 = rotateLeft(v5 ^ (v10 += v15 = rotateLeft(v15 ^ (v0 += v5 + m11), 24)), 25);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m9), 16)), 20);
    v6 = rotateLeft(v6 ^ (v11 += v12 = rotateLeft(v12 ^ (v1 += v6 + m14), 24)), 25);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m3), 16)), 20);
    v7 = rotateLeft(v7 ^ (v8 += v13 = rotateLeft(v13 ^ (v2 += v7 + m12), 24)), 25);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m13), 16)), 20);
    v4 = rotateLeft(v4 ^ (v9 += v14 = rotateLeft(v14 ^ (v3 += v4 + m0), 24)), 25);
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
