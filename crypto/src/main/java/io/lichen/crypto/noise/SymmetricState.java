// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import io.lichen.crypto.Blake2s;
import io.lichen.crypto.ChaChaPoly;
import io.lichen.crypto.noise.NoiseException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chaining key, handshake hash and the handshake's cipher (revision 34, sections 5.1 and 5.2).
 *
 * <p>Arrays are replaced, never altered, so that a copy is cheap and stays what it was.
 */
final class SymmetricState {
  private byte[] chainingKey;
  private byte[] hash;
  private @Nullable ChaChaPoly cipher;
  private long nonce;

  SymmetricState(String protocolName) {
    byte[] name = protocolName.getBytes(StandardCharsets.US_ASCII);
    hash =
        name.length <= Blake2s.DIGEST_BYTES
            ? Arrays.copyOf(name, Blake2s.DIGEST_BYTES)
            : Blake2s.hash(name);
    chainingKey = hash;
  }

  /** A copy that goes its own way. */
  SymmetricState(SymmetricState other) {
    chainingKey = other.chainingKey;
    hash = other.hash;
    cipher = other.cipher;
    nonce = other.nonce;
  }

  byte[] hash() {
    return hash.clone();
  }

  /** Octets that sealing adds now: none before the first key is mixed in. */
  int overhead() {
    return cipher == null ? 0 : ChaChaPoly.TAG_BYTES;
  }

  void mixHash(byte[] data) {
    hash = Blake2s.hash(hash, data);
  }

  void mixKey(byte[] input) {
    byte[][] outputs = HmacBlake2s.hkdf(chainingKey, input, 2);
    chainingKey = outputs[0];
    useKey(outputs[1]);
  }

  void mixKeyAndHash(byte[] input) {
    byte[][] outputs = HmacBlake2s.hkdf(chainingKey, input, 3);
    chainingKey = outputs[0];
    mixHash(outputs[1]);
    useKey(outputs[2]);
  }

  byte[] encryptAndHash(byte[] plaintext) {
    ChaChaPoly key = cipher;
    byte[] text = plaintext;
    if (key != null) {
      text = new byte[plaintext.length + ChaChaPoly.TAG_BYTES];
      key.seal(nonce++, hash, 0, hash.length, plaintext, 0, plaintext.length, text, 0);
    }
    mixHash(text);
    return text;
  }

  byte[] decryptAndHash(byte[] text) {
    ChaChaPoly key = cipher;
    byte[] plaintext = text;
    if (key != null) {
      plaintext = new byte[Math.max(0, text.length - ChaChaPoly.TAG_BYTES)];
      if (key.open(nonce++, hash, 0, hash.length, text, 0, text.length, plaintext, 0) < 0) {
        throw new NoiseException(Reason.NOT_AUTHENTIC, "the handshake message is not authentic");
      }
    }
    mixHash(text);
    return plaintext;
  }

  /** The initiator's sending key, then the responder's. */
  byte[][] split() {
    return HmacBlake2s.hkdf(chainingKey, new byte[0], 2);
  }

  private void useKey(byte[] key) {
    cipher = new ChaChaPoly(key);
    nonce = 0;
  }
}
