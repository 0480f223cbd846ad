// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static io.lichen.crypto.SharedVectors.hex;
import static io.lichen.crypto.SharedVectors.isValid;
import static io.lichen.crypto.SharedVectors.name;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChaChaPolyTest {
  private static final byte[] NONE = new byte[0];

  @Test
  void shouldPassWycheproof() {
    SharedVectors.wycheproof("chacha20_poly1305_test.json", 300, ChaChaPolyTest::checkWycheproof);
  }

  private static void checkWycheproof(JsonNode test) {
    String name = name(test);
    byte[] nonce = hex(test, "iv");
    byte[] aad = hex(test, "aad");
    byte[] message = hex(test, "msg");
    byte[] sealed = join(hex(test, "ct"), hex(test, "tag"));
    ChaChaPoly cipher = new ChaChaPoly(hex(test, "key"));
    byte[] out = new byte[message.length + ChaChaPoly.TAG_BYTES];
    if (nonce.length != ChaChaPoly.NONCE_BYTES) {
      assertThrows(
          IllegalArgumentException.class,
          () -> cipher.seal(nonce, aad, 0, aad.length, message, 0, message.length, out, 0),
          name);
      return;
    }
    byte[] opened = new byte[Math.max(0, sealed.length - ChaChaPoly.TAG_BYTES)];
    int length = cipher.open(nonce, aad, 0, aad.length, sealed, 0, sealed.length, opened, 0);
    if (isValid(test)) {
      assertEquals(message.length, length, name);
      assertArrayEquals(message, opened, name);
      cipher.seal(nonce, aad, 0, aad.length, message, 0, message.length, out, 0);
      assertArrayEquals(sealed, out, name);
    } else {
      assertEquals(-1, length, name);
    }
  }

  @Property(tries = 300)
  void shouldOpenWhatItSealedInPlaceAndWithOffsets(
      @ForAll @Size(32) byte[] key,
      @ForAll long counter,
      @ForAll @Size(max = 40) byte[] aad,
      @ForAll @Size(max = 700) byte[] message) {
    ChaChaPoly sealer = new ChaChaPoly(key);
    ChaChaPoly opener = new ChaChaPoly(key);
    byte[] buffer = new byte[5 + message.length + ChaChaPoly.TAG_BYTES + 3];
    System.arraycopy(message, 0, buffer, 5, message.length);
    int sealed = sealer.seal(counter, aad, 0, aad.length, buffer, 5, message.length, buffer, 5);
    assertEquals(message.length + ChaChaPoly.TAG_BYTES, sealed);
    byte[] apart = new byte[7 + sealed];
    int length = opener.open(counter, aad, 0, aad.length, buffer, 5, sealed, apart, 7);
    assertEquals(message.length, length);
    assertArrayEquals(message, Arrays.copyOfRange(apart, 7, 7 + length));
    assertEquals(length, opener.open(counter, aad, 0, aad.length, buffer, 5, sealed, buffer, 5));
    assertArrayEquals(message, Arrays.copyOfRange(buffer, 5, 5 + length));
  }

  @Test
  void shouldRefuseEveryAlteredOctet() {
    for (int size : new int[] {0, 1, 64, 350, 1500}) {
      byte[] key = new byte[32];
      byte[] aad = {1, 2, 3};
      new Random(size).nextBytes(key);
      ChaChaPoly cipher = new ChaChaPoly(key);
      byte[] sealed = new byte[size + ChaChaPoly.TAG_BYTES];
      cipher.seal(7, aad, 0, 3, new byte[size], 0, size, sealed, 0);
      byte[] out = new byte[size];
      for (int index = 0; index < sealed.length; index++) {
        sealed[index] ^= 1;
        assertEquals(-1, cipher.open(7, aad, 0, 3, sealed, 0, sealed.length, out, 0));
        sealed[index] ^= 1;
      }
      assertEquals(-1, cipher.open(8, aad, 0, 3, sealed, 0, sealed.length, out, 0));
      assertEquals(-1, cipher.open(7, aad, 0, 2, sealed, 0, sealed.length, out, 0));
      assertEquals(-1, cipher.open(7, aad, 0, 3, sealed, 0, sealed.length - 1, out, 0));
      assertEquals(size, cipher.open(7, aad, 0, 3, sealed, 0, sealed.length, out, 0));
    }
  }

  @Test
  void shouldCountLittleEndianAfterFourZeroOctets() {
    byte[] key = new byte[32];
    byte[] nonce = {0, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1};
    byte[] byCounter = new byte[20];
    byte[] byNonce = new byte[20];
    new ChaChaPoly(key).seal(0x0102030405060708L, NONE, 0, 0, new byte[4], 0, 4, byCounter, 0);
    new ChaChaPoly(key).seal(nonce, NONE, 0, 0, new byte[4], 0, 4, byNonce, 0);
    assertArrayEquals(byNonce, byCounter);
  }

  @Test
  void shouldRefuseWhatIsShorterThanATag() {
    ChaChaPoly cipher = new ChaChaPoly(new byte[32]);
    for (int length = 0; length < ChaChaPoly.TAG_BYTES; length++) {
      assertEquals(-1, cipher.open(0, NONE, 0, 0, new byte[16], 0, length, NONE, 0));
    }
  }

  @Test
  void shouldRefuseRepeatingANonceAtOnce() {
    ChaChaPoly cipher = new ChaChaPoly(new byte[32]);
    byte[] out = new byte[2000];
    for (int size : new int[] {10, 1000}) {
      cipher.seal(size, NONE, 0, 0, new byte[size], 0, size, out, 0);
      assertThrows(
          IllegalStateException.class,
          () -> cipher.seal(size, NONE, 0, 0, new byte[size], 0, size, out, 0));
    }
  }

  @Test
  void shouldRefuseMisuse() {
    byte[] out = new byte[100];
    assertThrows(IllegalArgumentException.class, () -> new ChaChaPoly(new byte[31]));
    ChaChaPoly cipher = new ChaChaPoly(new byte[32]);
    assertThrows(
        IllegalArgumentException.class,
        () -> cipher.seal(new byte[8], NONE, 0, 0, out, 0, 1, out, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> cipher.seal(1, NONE, 0, 0, out, 0, 85, out, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> cipher.open(1, NONE, 0, 1, out, 0, 20, out, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> cipher.open(1, NONE, 0, 0, out, 0, 20, out, 97));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
