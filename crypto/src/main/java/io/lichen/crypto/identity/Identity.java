// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import io.lichen.crypto.CryptoException;
import io.lichen.crypto.Ed25519;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.X25519;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Who a node is: an Ed25519 key pair that names it and signs, and an independent X25519 key pair
 * for Noise (docs/wire/moss-crypto.md, "Identity"). Immutable and thread-safe.
 */
public final class Identity {
  private final IdentityBlob keys;
  private final PeerId peerId;

  private Identity(IdentityBlob keys) {
    this.keys = keys;
    this.peerId = PeerId.of(keys.ed25519PublicKey());
  }

  /** Draws two new key pairs. */
  public static Identity generate(SecureRandom random) {
    byte[] seed = new byte[Ed25519.SEED_BYTES];
    byte[] noisePrivate = new byte[X25519.KEY_BYTES];
    random.nextBytes(seed);
    random.nextBytes(noisePrivate);
    return ofPrivateKeys(seed, noisePrivate);
  }

  /**
   * The identity of two private keys.
   *
   * @throws IllegalArgumentException if a key is not 32 octets long
   */
  public static Identity ofPrivateKeys(byte[] ed25519Seed, byte[] noisePrivate) {
    return new Identity(
        new IdentityBlob(
            ed25519Seed.clone(),
            Ed25519.publicKey(ed25519Seed),
            noisePrivate.clone(),
            X25519.publicKey(noisePrivate)));
  }

  /**
   * Reads a key-store blob.
   *
   * <p>Stricter than the native, which believes the public keys: with a pair that does not match,
   * nobody could shake hands, and every signature would give the private key away.
   *
   * @throws CryptoException if length or version is wrong, or a public key is not its private key's
   */
  public static Identity decode(byte[] blob) {
    IdentityBlob keys = IdentityBlob.decode(blob);
    if (!Arrays.equals(Ed25519.publicKey(keys.ed25519Seed()), keys.ed25519PublicKey())) {
      throw new CryptoException("the identity blob's Ed25519 public key is not its seed's");
    }
    if (!Arrays.equals(X25519.publicKey(keys.noisePrivate()), keys.noisePublic())) {
      throw new CryptoException("the identity blob's X25519 public key is not its private key's");
    }
    return new Identity(keys);
  }

  /** The 129-octet key-store blob; it holds the private keys. */
  public byte[] encode() {
    return keys.encode();
  }

  /** The node's name. */
  public PeerId peerId() {
    return peerId;
  }

  /** A copy of the 32-octet Ed25519 public key. */
  public byte[] ed25519PublicKey() {
    return keys.ed25519PublicKey().clone();
  }

  /** The 64-octet Ed25519 signature over the message. */
  public byte[] sign(byte[] message) {
    return Ed25519.sign(keys.ed25519Seed(), keys.ed25519PublicKey(), message);
  }

  /** A copy of the 32-octet X25519 private key. */
  public byte[] noisePrivate() {
    return keys.noisePrivate().clone();
  }

  /** A copy of the 32-octet X25519 public key. */
  public byte[] noisePublic() {
    return keys.noisePublic().clone();
  }

  /** Names the node; private keys are left out. */
  @Override
  public String toString() {
    return "Identity[" + peerId + "]";
  }
}
