// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

/**
 * Diffie-Hellman over Curve25519 (RFC 7748).
 *
 * <p>Stateless and thread-safe. Private keys are any 32 octets: clamping happens inside, so a key
 * may be stored as it was drawn. Why BouncyCastle's low-level class: docs/adr/0002.
 */
public final class X25519 {
  /** Length of private keys, public keys and shared secrets in octets. */
  public static final int KEY_BYTES = 32;

  private X25519() {}

  /**
   * The public key of a private key.
   *
   * @throws IllegalArgumentException if the private key is not 32 octets long
   */
  public static byte[] publicKey(byte[] privateKey) {
    Octets.require(privateKey, KEY_BYTES, "an X25519 private key");
    byte[] publicKey = new byte[KEY_BYTES];
    org.bouncycastle.math.ec.rfc7748.X25519.generatePublicKey(privateKey, 0, publicKey, 0);
    return publicKey;
  }

  /**
   * The secret shared by the two keys' owners.
   *
   * @throws CryptoException if the result is all zero, which a point of low order forces
   * @throws IllegalArgumentException if a key is not 32 octets long
   */
  public static byte[] agree(byte[] privateKey, byte[] publicKey) {
    Octets.require(privateKey, KEY_BYTES, "an X25519 private key");
    Octets.require(publicKey, KEY_BYTES, "an X25519 public key");
    byte[] shared = new byte[KEY_BYTES];
    if (!org.bouncycastle.math.ec.rfc7748.X25519.calculateAgreement(
        privateKey, 0, publicKey, 0, shared, 0)) {
      throw new CryptoException("the X25519 public key is a point of low order");
    }
    return shared;
  }
}
