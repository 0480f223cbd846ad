// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import io.lichen.crypto.CryptoException;
import java.util.Arrays;

/**
 * The four keys as they stand in a key-store blob, believed as they are: whether public and private
 * halves belong together is {@link Identity#decode}'s question (docs/wire/moss-crypto.md,
 * "Key-store blob").
 *
 * @param ed25519Seed 32 octets
 * @param ed25519PublicKey 32 octets
 * @param noisePrivate 32 octets, not clamped
 * @param noisePublic 32 octets
 */
public record IdentityBlob(
    byte[] ed25519Seed, byte[] ed25519PublicKey, byte[] noisePrivate, byte[] noisePublic) {
  /** Length of the blob in octets. */
  public static final int BYTES = 129;

  /** The only version there is. */
  public static final int VERSION = 1;

  private static final int KEY_BYTES = 32;

  /** Checks that each key has 32 octets. */
  public IdentityBlob {
    for (byte[] key : new byte[][] {ed25519Seed, ed25519PublicKey, noisePrivate, noisePublic}) {
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException("a key has " + KEY_BYTES + " octets, not " + key.length);
      }
    }
  }

  /**
   * Takes a blob apart.
   *
   * @throws CryptoException if length or version is wrong
   */
  public static IdentityBlob decode(byte[] blob) {
    if (blob.length != BYTES) {
      throw new CryptoException(
          "an identity blob has " + BYTES + " octets, not " + blob.length + versionOf(blob));
    }
    if (blob[0] != VERSION) {
      throw new CryptoException("an identity blob has version " + VERSION + versionOf(blob));
    }
    return new IdentityBlob(key(blob, 0), key(blob, 1), key(blob, 2), key(blob, 3));
  }

  /** The 129 octets. */
  public byte[] encode() {
    byte[] blob = new byte[BYTES];
    blob[0] = VERSION;
    int offset = 1;
    for (byte[] key : new byte[][] {ed25519Seed, ed25519PublicKey, noisePrivate, noisePublic}) {
      System.arraycopy(key, 0, blob, offset, KEY_BYTES);
      offset += KEY_BYTES;
    }
    return blob;
  }

  /** Names the type only: private keys do not belong into logs. */
  @Override
  public String toString() {
    return "IdentityBlob[…]";
  }

  private static byte[] key(byte[] blob, int index) {
    int offset = 1 + index * KEY_BYTES;
    return Arrays.copyOfRange(blob, offset, offset + KEY_BYTES);
  }

  private static String versionOf(byte[] blob) {
    return blob.length == 0 ? "" : " (its version octet is " + (blob[0] & 0xFF) + ")";
  }
}
