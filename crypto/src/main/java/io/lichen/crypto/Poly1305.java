// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Poly1305 as the AEAD of RFC 8439 uses it: every part is padded with zeros to whole blocks, so all
 * blocks are full ones. Not thread-safe; allocates nothing once made.
 *
 * <p>The accumulator and the key's first half are five limbs of 26 bits, so that products and their
 * sums fit into a {@code long}.
 */
final class Poly1305 {
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK_BYTES = 16;
  private static final int LIMB_BITS = 26;
  private static final long LIMB = (1L << LIMB_BITS) - 1;

  // Bit 128 of a full block, as it stands in the highest limb.
  private static final long BLOCK_END = 1L << 24;

  private final byte[] scratch = new byte[BLOCK_BYTES];
  private final long[] key = new long[5];
  private final long[] sum = new long[5];
  private long padLow;
  private long padHigh;

  /** Starts over under the first eight words of a key-stream block. */
  void start(int[] words) {
    long low = join(words[0], words[1]);
    long high = join(words[2], words[3]);
    key[0] = low & 0x3FFFFFF;
    key[1] = (low >>> 26) & 0x3FFFF03;
    key[2] = ((low >>> 52) | (high << 12)) & 0x3FFC0FF;
    key[3] = (high >>> 14) & 0x3F03FFF;
    key[4] = (high >>> 40) & 0x00FFFFF;
    padLow = join(words[4], words[5]);
    padHigh = join(words[6], words[7]);
    Arrays.fill(sum, 0);
  }

  /** Takes a part, padded with zeros to whole blocks. */
  void update(byte[] in, int offset, int length) {
    int whole = length / BLOCK_BYTES;
    blocks(in, offset, whole);
    int taken = whole * BLOCK_BYTES;
    if (taken < length) {
      Arrays.fill(scratch, (byte) 0);
      System.arraycopy(in, offset + taken, scratch, 0, length - taken);
      blocks(scratch, 0, 1);
    }
  }

  /** Takes the AEAD's last block: both lengths in octets. */
  void updateLengths(int aadLength, int textLength) {
    LONG_LE.set(scratch, 0, (long) aadLength);
    LONG_LE.set(scratch, Long.BYTES, (long) textLength);
    blocks(scratch, 0, 1);
  }

  /** Writes the 16-octet tag. */
  void tag(byte[] out, int offset) {
    reduce();
    long low = sum[0] | (sum[1] << 26) | (sum[2] << 52);
    long high = (sum[2] >>> 12) | (sum[3] << 14) | (sum[4] << 40);
    long tagLow = low + padLow;
    long carry = Long.compareUnsigned(tagLow, low) < 0 ? 1 : 0;
    LONG_LE.set(out, offset, tagLow);
    LONG_LE.set(out, offset + Long.BYTES, high + padHigh + carry);
  }

  /** Whether the 16 octets are the tag; takes the same time whatever they are. */
  boolean matches(byte[] in, int offset) {
    tag(scratch, 0);
    long low = (long) LONG_LE.get(scratch, 0) ^ (long) LONG_LE.get(in, offset);
    long high =
        (long) LONG_LE.get(scratch, Long.BYTES) ^ (long) LONG_LE.get(in, offset + Long.BYTES);
    return (low | high) == 0;
  }

  /** sum = (sum + block) * key mod 2^130 - 5 for each block, with carries left below 2^27. */
  private void blocks(byte[] in, int offset, int count) {
    long r0 = key[0];
    long r1 = key[1];
    long r2 = key[2];
    long r3 = key[3];
    long r4 = key[4];
    // What passes 2^130 comes back times five.
    long s1 = r1 * 5;
    long s2 = r2 * 5;
    long s3 = r3 * 5;
    long s4 = r4 * 5;
    long h0 = sum[0];
    long h1 = sum[1];
    long h2 = sum[2];
    long h3 = sum[3];
    long h4 = sum[4];
    for (int position = offset; position < offset + count * BLOCK_BYTES; position += BLOCK_BYTES) {
      long low = (long) LONG_LE.get(in, position);
      long high = (long) LONG_LE.get(in, position + Long.BYTES);
      h0 += low & LIMB;
      h1 += (low >>> 26) & LIMB;
      h2 += ((low >>> 52) | (high << 12)) & LIMB;
      h3 += (high >>> 14) & LIMB;
      h4 += (high >>> 40) | BLOCK_END;
      long d0 = h0 * r0 + h1 * s4 + h2 * s3 + h3 * s2 + h4 * s1;
      long d1 = h0 * r1 + h1 * r0 + h2 * s4 + h3 * s3 + h4 * s2 + (d0 >>> LIMB_BITS);
      long d2 = h0 * r2 + h1 * r1 + h2 * r0 + h3 * s4 + h4 * s3 + (d1 >>> LIMB_BITS);
      long d3 = h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * s4 + (d2 >>> LIMB_BITS);
      long d4 = h0 * r4 + h1 * r3 + h2 * r2 + h3 * r1 + h4 * r0 + (d3 >>> LIMB_BITS);
      h0 = (d0 & LIMB) + (d4 >>> LIMB_BITS) * 5;
      h1 = (d1 & LIMB) + (h0 >>> LIMB_BITS);
      h0 &= LIMB;
      h2 = d2 & LIMB;
      h3 = d3 & LIMB;
      h4 = d4 & LIMB;
    }
    sum[0] = h0;
    sum[1] = h1;
    sum[2] = h2;
    sum[3] = h3;
    sum[4] = h4;
  }

  /** Brings the sum to its one value below 2^130 - 5, without branching on it. */
  private void reduce() {
    carry(1, 2);
    carry(2, 3);
    carry(3, 4);
    sum[0] += (sum[4] >>> LIMB_BITS) * 5;
    sum[4] &= LIMB;
    carry(0, 1);
    carry(1, 2);
    // sum + 5 passes 2^130 exactly if the sum is not below the modulus.
    long carry = 5;
    for (int limb = 0; limb < 5; limb++) {
      carry = (sum[limb] + carry) >>> LIMB_BITS;
    }
    carry *= 5;
    for (int limb = 0; limb < 5; limb++) {
      carry += sum[limb];
      sum[limb] = carry & LIMB;
      carry >>>= LIMB_BITS;
    }
  }

  private void carry(int from, int to) {
    sum[to] += sum[from] >>> LIMB_BITS;
    sum[from] &= LIMB;
  }

  private static long join(int low, int high) {
    return Integer.toUnsignedLong(low) | ((long) high << Integer.SIZE);
  }
}
