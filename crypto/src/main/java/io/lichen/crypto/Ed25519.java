// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

/**
 * Signatures over Edwards25519 (RFC 8032, pure Ed25519).
 *
 * <p>Stateless and thread-safe. Why BouncyCastle's low-level class: docs/adr/0002.
 */
public final class Ed25519 {
  /** Length of the private seed in octets. */
  public static final int SEED_BYTES = 32;

  /** Length of the public key in octets. */
  public static final int PUBLIC_KEY_BYTES = 32;

  /** Length of a signature in octets. */
  public static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  /**
   * The public key of a seed.
   *
   * @throws IllegalArgumentException if the seed is not 32 octets long
   */
  public static byte[] publicKey(byte[] seed) {
    Octets.require(seed, SEED_BYTES, "an Ed25519 seed");
    byte[] publicKey = new byte[PUBLIC_KEY_BYTES];
    org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    return publicKey;
  }

  /**
   * Signs a message; the same input always gives the same 64 octets.
   *
   * <p>The public key must be the seed's own: signing one message under two public keys would give
   * the private key away. {@link io.lichen.crypto.identity.Identity} guarantees that.
   *
   * @throws IllegalArgumentException if seed or public key is not 32 octets long
   */
  public static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    Octets.require(seed, SEED_BYTES, "an Ed25519 seed");
    Octets.require(publicKey, PUBLIC_KEY_BYTES, "an Ed25519 public key");
    byte[] signature = new byte[SIGNATURE_BYTES];
    org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
        seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /**
   * Whether the signature is the key owner's over this message.
   *
   * <p>Keys and signatures of a wrong length come from remote sides and are simply not valid.
   */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == PUBLIC_KEY_BYTES
        && signature.length == SIGNATURE_BYTES
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature, 0, publicKey, 0, message, 0, message.length);
  }

  /**
   * As {@link #verify}, and both points of key and signature lie in the prime-order group, so that
   * no two strict verifiers can disagree about a signature (docs/wire/net-identity.md,
   * "Signatures"). Takes about three times as long.
   */
  public static boolean verifyStrict(byte[] publicKey, byte[] message, byte[] signature) {
    return publicKey.length == PUBLIC_KEY_BYTES
        && signature.length == SIGNATURE_BYTES
        && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(publicKey, 0)
        && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(signature, 0)
        && verify(publicKey, message, signature);
  }
}
