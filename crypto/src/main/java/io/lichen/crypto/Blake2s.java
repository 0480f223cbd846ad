// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * BLAKE2s with a 32-octet digest, with or without a key (RFC 7693).
 *
 * <p>Not thread-safe; reusable after {@link #digest} or {@link #reset}. In a JVM started with
 * {@code --add-modules jdk.incubator.vector} long inputs go on vectors where that is faster. Our
 * own because message ids hash whole messages, and BouncyCastle's costs more than sealing them
 * (docs/benchmarks.md, "BLAKE2s").
 */
public final class Blake2s {
  /** Length of a digest in octets. */
  public static final int DIGEST_BYTES = 32;

  /** Length of a block in octets; HMAC pads its key to it. */
  public static final int BLOCK_BYTES = 64;

  /** Longest key in octets. */
  public static final int MAX_KEY_BYTES = 32;

  // Digest length 32, no key, fan-out 1, depth 1: the parameter block's only word that is not zero.
  private static final int PARAMETERS = 0x01010020;
  private static final int KEY_LENGTH_SHIFT = 8;

  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] key;
  private final int[] state = new int[8];
  private final byte[] buffer = new byte[BLOCK_BYTES];
  private int buffered;
  private long hashedBytes;

  /** A hash of nothing yet. */
  public Blake2s() {
    this(new byte[0]);
  }

  /**
   * A hash of nothing yet in BLAKE2s's own keyed mode, which is not HMAC; an empty key is none.
   *
   * @throws IllegalArgumentException if the key has more than 32 octets
   */
  public Blake2s(byte[] key) {
    if (key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a BLAKE2s key has at most " + MAX_KEY_BYTES + " octets, not " + key.length);
    }
    this.key = key.clone();
    reset();
  }

  /** The digest of the parts, taken as one message. */
  public static byte[] hash(byte[]... parts) {
    return keyedHash(new byte[0], parts);
  }

  /**
   * The keyed digest of the parts, taken as one message; an empty key is none.
   *
   * @throws IllegalArgumentException if the key has more than 32 octets
   */
  public static byte[] keyedHash(byte[] key, byte[]... parts) {
    Blake2s blake = new Blake2s(key);
    for (byte[] part : parts) {
      blake.update(part, 0, part.length);
    }
    byte[] digest = new byte[DIGEST_BYTES];
    blake.digest(digest, 0);
    return digest;
  }

  /** Forgets what was hashed, not the key. */
  public void reset() {
    Blake2sCompression.initialize(state, PARAMETERS | key.length << KEY_LENGTH_SHIFT);
    hashedBytes = 0;
    buffered = 0;
    if (key.length > 0) {
      // The key, padded with zeros, is the first block.
      System.arraycopy(key, 0, buffer, 0, key.length);
      Arrays.fill(buffer, key.length, BLOCK_BYTES, (byte) 0);
      buffered = BLOCK_BYTES;
    }
  }

  /**
   * Hashes these octets after the ones before.
   *
   * @throws IndexOutOfBoundsException if the range does not lie in the array
   */
  public void update(byte[] in, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, in.length);
    int position = offset;
    int left = length;
    // The last block is compressed differently, so a full buffer waits until more follows.
    int room = BLOCK_BYTES - buffered;
    if (buffered > 0 && left > room) {
      System.arraycopy(in, position, buffer, buffered, room);
      compress(buffer, 0, 1);
      buffered = 0;
      position += room;
      left -= room;
    }
    if (buffered == 0 && left > BLOCK_BYTES) {
      int blocks = (left - 1) / BLOCK_BYTES;
      compress(in, position, blocks);
      position += blocks * BLOCK_BYTES;
      left -= blocks * BLOCK_BYTES;
    }
    System.arraycopy(in, position, buffer, buffered, left);
    buffered += left;
  }

  /**
   * Writes the 32-octet digest and resets.
   *
   * @throws IndexOutOfBoundsException if less than 32 octets of room are left
   */
  public void digest(byte[] out, int offset) {
    Objects.checkFromIndexSize(offset, DIGEST_BYTES, out.length);
    Arrays.fill(buffer, buffered, BLOCK_BYTES, (byte) 0);
    Blake2sCompression.compress(state, buffer, 0, hashedBytes + buffered, Blake2sCompression.LAST);
    for (int word = 0; word < state.length; word++) {
      INT_LE.set(out, offset + word * Integer.BYTES, state[word]);
    }
    reset();
  }

  private void compress(byte[] in, int offset, int blocks) {
    if (blocks >= WideBlake2s.MIN_BLOCKS && WideBlake2s.isFaster()) {
      new Blake2sVectors().compress(state, in, offset, blocks, hashedBytes);
      hashedBytes += (long) blocks * BLOCK_BYTES;
      return;
    }
    for (int block = 0; block < blocks; block++) {
      hashedBytes += BLOCK_BYTES;
      Blake2sCompression.compress(
          state, in, offset + block * BLOCK_BYTES, hashedBytes, Blake2sCompression.MORE);
    }
  }
}
