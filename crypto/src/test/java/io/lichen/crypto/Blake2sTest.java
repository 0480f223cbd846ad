// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.junit.jupiter.api.Test;

/** BLAKE2s against RFC 7693 and against BouncyCastle. */
class Blake2sTest {
  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  @Test
  void shouldHashAbcAsRfc7693AppendixB() {
    assertEquals(
        "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
        hex(Blake2s.hash("abc".getBytes(US_ASCII))));
  }

  @Test
  void shouldHashNothing() {
    assertEquals(
        "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9", hex(Blake2s.hash()));
  }

  /** The unkeyed, 32-octet part of RFC 7693 appendix E's grand hash, over lengths around blocks. */
  @Test
  void shouldMatchBouncyCastleOnSelfTestSequenceOfRfc7693() {
    for (int length : new int[] {0, 3, 63, 64, 65, 127, 128, 129, 255, 1024}) {
      byte[] in = new byte[length];
      int a = 0xDEAD4BAD * length;
      int b = 1;
      for (int index = 0; index < length; index++) {
        int t = a + b;
        a = b;
        b = t;
        in[index] = (byte) (t >>> 24);
      }
      assertArrayEquals(reference(in), Blake2s.hash(in), "length " + length);
    }
  }

  @Test
  void shouldMatchBouncyCastleForEveryLengthUpToFiveBlocks() {
    byte[] in = new byte[320];
    new Random(1).nextBytes(in);
    for (int length = 0; length <= in.length; length++) {
      byte[] part = Arrays.copyOf(in, length);
      assertArrayEquals(reference(part), Blake2s.hash(part), "length " + length);
    }
  }

  @Property
  void shouldNotDependOnHowTheMessageIsSplit(
      @ForAll @Size(max = 1000) byte[] message,
      @ForAll @Size(max = 8) List<@IntRange(max = 200) Integer> pieces,
      @ForAll @IntRange(max = 70) int lead) {
    byte[] shifted = new byte[lead + message.length];
    System.arraycopy(message, 0, shifted, lead, message.length);
    Blake2s blake = new Blake2s();
    int position = 0;
    for (int piece : pieces) {
      int length = Math.min(piece, message.length - position);
      blake.update(shifted, lead + position, length);
      position += length;
    }
    blake.update(shifted, lead + position, message.length - position);
    byte[] digest = new byte[lead + Blake2s.DIGEST_BYTES];
    blake.digest(digest, lead);
    assertArrayEquals(reference(message), Arrays.copyOfRange(digest, lead, digest.length));
  }

  @Test
  void shouldBeFreshAfterDigestAndAfterReset() {
    Blake2s blake = new Blake2s();
    byte[] first = new byte[32];
    byte[] second = new byte[32];
    byte[] abc = "abc".getBytes(US_ASCII);
    blake.update(abc, 0, 3);
    blake.digest(first, 0);
    blake.update(new byte[100], 0, 100);
    blake.reset();
    blake.update(abc, 0, 3);
    blake.digest(second, 0);
    assertArrayEquals(first, second);
    assertArrayEquals(Blake2s.hash(abc), second);
  }

  @Test
  void shouldRefuseRangesOutsideTheArray() {
    Blake2s blake = new Blake2s();
    assertThrows(IndexOutOfBoundsException.class, () -> blake.update(new byte[4], 2, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> blake.digest(new byte[31], 0));
  }

  /** RFC 7693 has no keyed digest of full length; BouncyCastle is the reference. */
  @Test
  void shouldMatchBouncyCastleForEveryKeyLength() {
    byte[] in = new byte[200];
    new Random(4).nextBytes(in);
    for (int keyBytes = 1; keyBytes <= Blake2s.MAX_KEY_BYTES; keyBytes++) {
      byte[] key = Arrays.copyOf(in, keyBytes);
      for (int length : new int[] {0, 1, 63, 64, 65, 128, 200}) {
        byte[] message = Arrays.copyOf(in, length);
        byte[] expected = referenceDigest(new Blake2sDigest(key, 32, null, null), message);
        assertArrayEquals(
            expected, Blake2s.keyedHash(key, message), keyBytes + " and " + length + " octets");
      }
    }
  }

  @Test
  void shouldKeepTheKeyAfterDigest() {
    byte[] key = {1, 2, 3};
    byte[] message = {4};
    Blake2s blake = new Blake2s(key);
    key[0] = 9;
    byte[] digest = new byte[Blake2s.DIGEST_BYTES];
    for (int round = 0; round < 2; round++) {
      blake.update(message, 0, message.length);
      blake.digest(digest, 0);
      assertArrayEquals(Blake2s.keyedHash(new byte[] {1, 2, 3}, message), digest);
    }
    assertArrayEquals(Blake2s.hash(message), Blake2s.keyedHash(new byte[0], message));
  }

  @Test
  void shouldRefuseAKeyThatIsTooLong() {
    assertThrows(IllegalArgumentException.class, () -> new Blake2s(new byte[33]));
  }

  private static byte[] reference(byte[] message) {
    return referenceDigest(new Blake2sDigest(256), message);
  }

  private static byte[] referenceDigest(Blake2sDigest digest, byte[] message) {
    digest.update(message, 0, message.length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }
}
