// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import io.lichen.crypto.X25519;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A pair of static X25519 keys, as the configuration of a peer-to-peer adapter asks for.
 *
 * @param publicKey 64 hex digits
 * @param secretKey 64 hex digits
 */
public record StaticKeyPair(String publicKey, String secretKey) {
  /** Makes a pair that nobody else has. */
  public static StaticKeyPair generate() {
    byte[] secret = new byte[X25519.KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    HexFormat hex = HexFormat.of();
    return new StaticKeyPair(hex.formatHex(X25519.publicKey(secret)), hex.formatHex(secret));
  }

  /** An object of two members, as the native writes it. */
  public String toJson() {
    return "{\"public_key\":\"" + publicKey + "\",\"secret_key\":\"" + secretKey + "\"}";
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "StaticKeyPair[publicKey=" + publicKey + ']';
  }
}
