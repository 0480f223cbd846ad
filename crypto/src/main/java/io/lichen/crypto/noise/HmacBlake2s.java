// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import io.lichen.crypto.Blake2s;

/** HMAC over BLAKE2s, and the HKDF that Noise builds on it (revision 34, section 4.3). */
final class HmacBlake2s {
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5C;

  private HmacBlake2s() {}

  /** The tag over the parts, taken as one message; the key is at most one block long. */
  static byte[] mac(byte[] key, byte[]... parts) {
    Blake2s blake = new Blake2s();
    byte[] digest = new byte[Blake2s.DIGEST_BYTES];
    startPadded(blake, key, INNER_PAD);
    for (byte[] part : parts) {
      blake.update(part, 0, part.length);
    }
    blake.digest(digest, 0);
    startPadded(blake, key, OUTER_PAD);
    blake.update(digest, 0, digest.length);
    blake.digest(digest, 0);
    return digest;
  }

  /** The first {@code count} outputs, 32 octets each. */
  static byte[][] hkdf(byte[] chainingKey, byte[] inputKey, int count) {
    byte[] secret = mac(chainingKey, inputKey);
    byte[][] outputs = new byte[count][];
    byte[] previous = new byte[0];
    for (int index = 0; index < count; index++) {
      previous = mac(secret, previous, new byte[] {(byte) (index + 1)});
      outputs[index] = previous;
    }
    return outputs;
  }

  private static void startPadded(Blake2s blake, byte[] key, byte pad) {
    byte[] block = new byte[Blake2s.BLOCK_BYTES];
    System.arraycopy(key, 0, block, 0, key.length);
    for (int index = 0; index < block.length; index++) {
      block[index] ^= pad;
    }
    blake.update(block, 0, block.length);
  }
}
