// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.room;

import io.lichen.crypto.ChaChaPoly;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens with a room's key: nonce, ciphertext, tag. For one thread at a time.
 *
 * <p>Every member of a room seals under the same key, restarted ones too, and they cannot agree on
 * counters. So each nonce is 96 fresh random bits: after 2³² messages of one room the chance that
 * any two share a nonce is 2⁻³³. The bits are taken from the generator in batches, which makes it
 * cheaper than the sealing itself.
 */
final class RoomCipher {
  static final int NONCE_BYTES = ChaChaPoly.NONCE_BYTES;
  static final int TAG_BYTES = ChaChaPoly.TAG_BYTES;

  private static final int BATCHED_NONCES = 340;
  private static final byte[] NO_AAD = new byte[0];

  private final ChaChaPoly cipher;
  private final SecureRandom random;
  private final byte[] nonce = new byte[NONCE_BYTES];
  private final byte[] batch = new byte[BATCHED_NONCES * NONCE_BYTES];
  private int used = batch.length;

  RoomCipher(byte[] key, SecureRandom random) {
    this.cipher = new ChaChaPoly(key);
    this.random = random;
  }

  byte[] seal(byte[] plaintext) {
    if (used == batch.length) {
      random.nextBytes(batch);
      used = 0;
    }
    System.arraycopy(batch, used, nonce, 0, NONCE_BYTES);
    used += NONCE_BYTES;
    return seal(plaintext, nonce);
  }

  byte[] seal(byte[] plaintext, byte[] nonce) {
    byte[] sealed = new byte[NONCE_BYTES + plaintext.length + TAG_BYTES];
    System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
    cipher.seal(nonce, NO_AAD, 0, 0, plaintext, 0, plaintext.length, sealed, NONCE_BYTES);
    return sealed;
  }

  byte @Nullable [] open(byte[] sealed) {
    int plaintextLength = sealed.length - NONCE_BYTES - TAG_BYTES;
    if (plaintextLength < 0) {
      return null;
    }
    System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
    byte[] plaintext = new byte[plaintextLength];
    int opened =
        cipher.open(
            nonce, NO_AAD, 0, 0, sealed, NONCE_BYTES, sealed.length - NONCE_BYTES, plaintext, 0);
    return opened < 0 ? null : plaintext;
  }
}
