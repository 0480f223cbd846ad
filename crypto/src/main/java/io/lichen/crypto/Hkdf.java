// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/** HKDF with SHA-256 (RFC 5869). Stateless and thread-safe. */
public final class Hkdf {
  private static final int MAX_BLOCKS = 255;

  private Hkdf() {}

  /**
   * Derives key material.
   *
   * @param ikm the secret, may be empty
   * @param salt may be empty, which means 32 zero octets
   * @param info binds the result to its purpose, may be empty
   * @param length octets wanted, 0 to 8160
   * @throws IllegalArgumentException if the length is out of range
   */
  public static byte[] sha256(byte[] ikm, byte[] salt, byte[] info, int length) {
    if (length < 0 || length > MAX_BLOCKS * Hmac.SHA256_BYTES) {
      throw new IllegalArgumentException(
          "HKDF-SHA256 yields 0 to " + MAX_BLOCKS * Hmac.SHA256_BYTES + " octets, not " + length);
    }
    return expand(Hmac.keyed(Hmac.sha256(salt, ikm)), info, length);
  }

  private static byte[] expand(Mac mac, byte[] info, int length) {
    int blocks = (length + Hmac.SHA256_BYTES - 1) / Hmac.SHA256_BYTES;
    byte[] output = new byte[blocks * Hmac.SHA256_BYTES];
    for (int block = 0; block < blocks; block++) {
      int offset = block * Hmac.SHA256_BYTES;
      if (block > 0) {
        mac.update(output, offset - Hmac.SHA256_BYTES, Hmac.SHA256_BYTES);
      }
      mac.update(info);
      mac.update((byte) (block + 1));
      finish(mac, output, offset);
    }
    return Arrays.copyOf(output, length);
  }

  private static void finish(Mac mac, byte[] output, int offset) {
    try {
      mac.doFinal(output, offset);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("the output is sized in whole blocks", e);
    }
  }
}
