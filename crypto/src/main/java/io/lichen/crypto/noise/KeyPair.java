// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import io.lichen.crypto.X25519;
import java.security.SecureRandom;

/** An X25519 key pair; its arrays are not shared with callers. */
record KeyPair(byte[] privateKey, byte[] publicKey) {
  static KeyPair of(byte[] privateKey) {
    return new KeyPair(privateKey.clone(), X25519.publicKey(privateKey));
  }

  static KeyPair generate(SecureRandom random) {
    byte[] privateKey = new byte[X25519.KEY_BYTES];
    random.nextBytes(privateKey);
    return of(privateKey);
  }

  @Override
  public String toString() {
    return "KeyPair[…]";
  }
}
