// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * ChaCha20-Poly1305 in plain Java for small records, where setting up the JCA's cipher costs more
 * than the work (docs/benchmarks.md, "AEAD"). Ranges are checked by {@link ChaChaPoly}. Not
 * thread-safe; allocates nothing once made.
 */
final class ScalarChaChaPoly {
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK_BYTES = ChaCha20.BLOCK_WORDS * Integer.BYTES;

  private final int[] key = new int[ChaCha20.KEY_WORDS];
  private final int[] stream = new int[ChaCha20.BLOCK_WORDS];
  private final Poly1305 poly = new Poly1305();

  ScalarChaChaPoly(byte[] key) {
    for (int word = 0; word < this.key.length; word++) {
      this.key[word] = (int) INT_LE.get(key, word * Integer.BYTES);
    }
  }

  void seal(
      byte[] nonce,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    start(nonce);
    crypt(nonce, in, inOff, inLen, out, outOff);
    authenticate(aad, aadOff, aadLen, out, outOff, inLen);
    poly.tag(out, outOff + inLen);
  }

  boolean open(
      byte[] nonce,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    int length = inLen - ChaChaPoly.TAG_BYTES;
    start(nonce);
    authenticate(aad, aadOff, aadLen, in, inOff, length);
    if (!poly.matches(in, inOff + length)) {
      return false;
    }
    crypt(nonce, in, inOff, length, out, outOff);
    return true;
  }

  /** Block 0 of the key stream is the one-time key of Poly1305. */
  private void start(byte[] nonce) {
    block(0, nonce);
    poly.start(stream);
  }

  private void authenticate(
      byte[] aad, int aadOff, int aadLen, byte[] text, int textOff, int length) {
    poly.update(aad, aadOff, aadLen);
    poly.update(text, textOff, length);
    poly.updateLengths(aadLen, length);
  }

  private void crypt(byte[] nonce, byte[] in, int inOff, int length, byte[] out, int outOff) {
    int done = 0;
    for (int counter = 1; done < length; counter++) {
      block(counter, nonce);
      int count = Math.min(BLOCK_BYTES, length - done);
      xor(in, inOff + done, count, out, outOff + done);
      done += count;
    }
  }

  private void xor(byte[] in, int inOff, int length, byte[] out, int outOff) {
    int words = length / Integer.BYTES;
    for (int word = 0; word < words; word++) {
      int text = (int) INT_LE.get(in, inOff + word * Integer.BYTES);
      INT_LE.set(out, outOff + word * Integer.BYTES, text ^ stream[word]);
    }
    for (int index = words * Integer.BYTES; index < length; index++) {
      int octet = stream[index / Integer.BYTES] >>> (index % Integer.BYTES * Byte.SIZE);
      out[outOff + index] = (byte) (in[inOff + index] ^ octet);
    }
  }

  private void block(int counter, byte[] nonce) {
    ChaCha20.block(
        key,
        counter,
        (int) INT_LE.get(nonce, 0),
        (int) INT_LE.get(nonce, 4),
        (int) INT_LE.get(nonce, 8),
        stream);
  }
}
