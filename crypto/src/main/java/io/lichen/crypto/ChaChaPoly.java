// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * ChaCha20-Poly1305 (RFC 8439) under one key.
 *
 * <p>Not thread-safe: an instance belongs to one direction of one session, or to one thread. Its
 * engines are made once and reused: plain Java for small records, the JCA's for others. A nonce
 * must never be used for two different messages; only the directly repeated one is noticed.
 *
 * <p>Input and output may be the same array at the same offset; other overlaps are not supported.
 */
public final class ChaChaPoly {
  /** Length of the key in octets. */
  public static final int KEY_BYTES = 32;

  /** Length of the nonce in octets. */
  public static final int NONCE_BYTES = 12;

  /** Octets that sealing adds at the end. */
  public static final int TAG_BYTES = 16;

  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int COUNTER_OFFSET = NONCE_BYTES - Long.BYTES;

  /**
   * The longest plaintext that goes the plain-Java way: the frame of a small publish is below.
   * Sealing 64 octets takes it 350 ns and the JCA 785, 256 octets 855 and 860, 400 octets 1318 and
   * 907; but the JCA leaves 2 kB of garbage each time (docs/benchmarks.md, "AEAD").
   */
  private static final int SCALAR_BYTES = 448;

  private final byte[] counterNonce = new byte[NONCE_BYTES];
  private final byte[] lastSealed = new byte[NONCE_BYTES];
  private boolean hasSealed;
  private final ScalarChaChaPoly scalar;
  private final JcaChaChaPoly jca;

  /**
   * An engine for this key, which is copied.
   *
   * @throws IllegalArgumentException if the key is not 32 octets long
   */
  public ChaChaPoly(byte[] key) {
    Octets.require(key, KEY_BYTES, "a ChaCha20-Poly1305 key");
    scalar = new ScalarChaChaPoly(key);
    jca = new JcaChaChaPoly(key);
  }

  /**
   * Seals under the Noise nonce of a counter: four zero octets, then the counter little-endian.
   *
   * @return octets written: {@code inLen + TAG_BYTES}
   * @throws IllegalStateException if the previous seal used the same nonce
   * @throws IndexOutOfBoundsException if a range does not lie in its array
   */
  public int seal(
      long counter,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    return seal(nonceOf(counter), aad, aadOff, aadLen, in, inOff, inLen, out, outOff);
  }

  /**
   * Seals under a 12-octet nonce.
   *
   * @return octets written: {@code inLen + TAG_BYTES}
   * @throws IllegalStateException if the previous seal used the same nonce
   * @throws IllegalArgumentException if the nonce is not 12 octets long
   * @throws IndexOutOfBoundsException if a range does not lie in its array
   */
  public int seal(
      byte[] nonce,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    Octets.require(nonce, NONCE_BYTES, "a ChaCha20-Poly1305 nonce");
    Objects.checkFromIndexSize(aadOff, aadLen, aad.length);
    Objects.checkFromIndexSize(inOff, inLen, in.length);
    Objects.checkFromIndexSize(outOff, Math.addExact(inLen, TAG_BYTES), out.length);
    refuseRepetition(nonce);
    if (inLen <= SCALAR_BYTES) {
      scalar.seal(nonce, aad, aadOff, aadLen, in, inOff, inLen, out, outOff);
    } else {
      jca.seal(nonce, aad, aadOff, aadLen, in, inOff, inLen, out, outOff);
    }
    return inLen + TAG_BYTES;
  }

  /**
   * Opens what was sealed under the Noise nonce of a counter.
   *
   * @return octets of plaintext written, or -1 if the input is not authentic or shorter than a tag;
   *     the output range then holds nothing of use
   * @throws IndexOutOfBoundsException if a range does not lie in its array
   */
  public int open(
      long counter,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    return open(nonceOf(counter), aad, aadOff, aadLen, in, inOff, inLen, out, outOff);
  }

  /**
   * Opens what was sealed under a 12-octet nonce.
   *
   * @return octets of plaintext written, or -1 if the input is not authentic or shorter than a tag;
   *     the output range then holds nothing of use
   * @throws IllegalArgumentException if the nonce is not 12 octets long
   * @throws IndexOutOfBoundsException if a range does not lie in its array
   */
  public int open(
      byte[] nonce,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    Octets.require(nonce, NONCE_BYTES, "a ChaCha20-Poly1305 nonce");
    Objects.checkFromIndexSize(aadOff, aadLen, aad.length);
    Objects.checkFromIndexSize(inOff, inLen, in.length);
    if (inLen < TAG_BYTES) {
      return -1;
    }
    Objects.checkFromIndexSize(outOff, inLen - TAG_BYTES, out.length);
    boolean authentic =
        inLen - TAG_BYTES <= SCALAR_BYTES
            ? scalar.open(nonce, aad, aadOff, aadLen, in, inOff, inLen, out, outOff)
            : jca.open(nonce, aad, aadOff, aadLen, in, inOff, inLen, out, outOff);
    return authentic ? inLen - TAG_BYTES : -1;
  }

  /** Two messages under one nonce give both away; the commonest slip is a counter left standing. */
  private void refuseRepetition(byte[] nonce) {
    if (hasSealed && Arrays.equals(lastSealed, nonce)) {
      throw new IllegalStateException("the nonce was used for the message before");
    }
    System.arraycopy(nonce, 0, lastSealed, 0, NONCE_BYTES);
    hasSealed = true;
  }

  private byte[] nonceOf(long counter) {
    LONG_LE.set(counterNonce, COUNTER_OFFSET, counter);
    return counterNonce;
  }
}
