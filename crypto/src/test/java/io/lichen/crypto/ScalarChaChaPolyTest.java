// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static io.lichen.crypto.SharedVectors.hex;
import static io.lichen.crypto.SharedVectors.isValid;
import static io.lichen.crypto.SharedVectors.name;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * The scalar engine against the JCA's and the published vectors, at every size, also large ones.
 */
class ScalarChaChaPolyTest {
  @Property
  void shouldSealAndOpenAsTheJca(
      @ForAll @Size(32) byte[] key,
      @ForAll @Size(12) byte[] nonce,
      @ForAll @Size(max = 70) byte[] aad,
      @ForAll @Size(max = 1000) byte[] message) {
    byte[] expected = new byte[message.length + ChaChaPoly.TAG_BYTES];
    byte[] sealed = new byte[expected.length + 3];
    new JcaChaChaPoly(key).seal(nonce, aad, 0, aad.length, message, 0, message.length, expected, 0);
    ScalarChaChaPoly scalar = new ScalarChaChaPoly(key);
    scalar.seal(nonce, aad, 0, aad.length, message, 0, message.length, sealed, 3);
    assertArrayEquals(expected, Arrays.copyOfRange(sealed, 3, sealed.length));
    byte[] opened = new byte[message.length];
    assertTrue(scalar.open(nonce, aad, 0, aad.length, expected, 0, expected.length, opened, 0));
    assertArrayEquals(message, opened);
  }

  @Test
  void shouldMatchTheJcaForEveryLength() {
    Random random = RandomInput.seeded("scalar AEAD");
    byte[] key = new byte[32];
    byte[] nonce = new byte[12];
    for (int length = 0; length <= 600; length++) {
      random.nextBytes(key);
      random.nextBytes(nonce);
      byte[] message = new byte[length];
      random.nextBytes(message);
      byte[] expected = new byte[length + ChaChaPoly.TAG_BYTES];
      byte[] sealed = new byte[expected.length];
      new JcaChaChaPoly(key).seal(nonce, key, 0, 9, message, 0, length, expected, 0);
      new ScalarChaChaPoly(key).seal(nonce, key, 0, 9, message, 0, length, sealed, 0);
      assertArrayEquals(expected, sealed, "length " + length);
    }
  }

  /** Octets of all ones drive the sums of Poly1305 across every carry. */
  @Test
  void shouldMatchTheJcaOnExtremeOctets() {
    byte[] message = new byte[4096];
    Arrays.fill(message, (byte) 0xFF);
    byte[] nonce = new byte[12];
    for (int seed = 0; seed < 200; seed++) {
      byte[] key = new byte[32];
      new Random(seed).nextBytes(key);
      byte[] stream = new byte[message.length + ChaChaPoly.TAG_BYTES];
      new JcaChaChaPoly(key).seal(nonce, nonce, 0, 0, message, 0, message.length, stream, 0);
      // Sealing the complement of the key stream gives a ciphertext of all ones.
      byte[] expected = new byte[stream.length];
      byte[] sealed = new byte[stream.length];
      new JcaChaChaPoly(key).seal(nonce, nonce, 0, 0, stream, 0, message.length, expected, 0);
      new ScalarChaChaPoly(key).seal(nonce, nonce, 0, 0, stream, 0, message.length, sealed, 0);
      assertArrayEquals(message, Arrays.copyOf(sealed, message.length));
      assertArrayEquals(expected, sealed, "seed " + seed);
    }
  }

  @Test
  void shouldPassWycheproof() {
    SharedVectors.wycheproof("chacha20_poly1305_test.json", 300, ScalarChaChaPolyTest::check);
  }

  private static void check(JsonNode test) {
    byte[] nonce = hex(test, "iv");
    if (nonce.length != ChaChaPoly.NONCE_BYTES) {
      // Refused before it comes here; see ChaChaPolyTest.
      return;
    }
    byte[] aad = hex(test, "aad");
    byte[] message = hex(test, "msg");
    byte[] text = hex(test, "ct");
    byte[] sealed = Arrays.copyOf(text, text.length + ChaChaPoly.TAG_BYTES);
    System.arraycopy(hex(test, "tag"), 0, sealed, text.length, ChaChaPoly.TAG_BYTES);
    byte[] opened = new byte[text.length];
    ScalarChaChaPoly scalar = new ScalarChaChaPoly(hex(test, "key"));
    boolean valid = isValid(test);
    assertEquals(
        valid,
        scalar.open(nonce, aad, 0, aad.length, sealed, 0, sealed.length, opened, 0),
        name(test));
    assertArrayEquals(valid ? message : new byte[text.length], opened);
  }
}
