// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static io.lichen.crypto.SharedVectors.hex;
import static io.lichen.crypto.SharedVectors.isValid;
import static io.lichen.crypto.SharedVectors.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** HKDF-SHA256 and HMAC-SHA-256. */
class KeyDerivationTest {
  @Test
  void shouldDeriveAsWycheproof() {
    SharedVectors.wycheproof("hkdf_sha256_test.json", 80, KeyDerivationTest::checkHkdf);
  }

  private static void checkHkdf(JsonNode test) {
    String name = name(test);
    byte[] ikm = hex(test, "ikm");
    byte[] salt = hex(test, "salt");
    byte[] info = hex(test, "info");
    int size = test.get("size").asInt();
    if (isValid(test)) {
      assertArrayEquals(hex(test, "okm"), Hkdf.sha256(ikm, salt, info, size), name);
    } else {
      assertThrows(IllegalArgumentException.class, () -> Hkdf.sha256(ikm, salt, info, size), name);
    }
  }

  @Test
  void shouldAuthenticateAsWycheproof() {
    SharedVectors.wycheproof("hmac_sha256_test.json", 170, KeyDerivationTest::checkHmac);
  }

  private static void checkHmac(JsonNode test) {
    byte[] tag = hex(test, "tag");
    byte[] computed = Hmac.sha256(hex(test, "key"), hex(test, "msg"));
    assertEquals(
        isValid(test), Arrays.equals(tag, Arrays.copyOf(computed, tag.length)), name(test));
  }

  /** RFC 4231, test case 2, in one part and in three. */
  @Test
  void shouldAuthenticateAsRfc4231() {
    byte[] key = "Jefe".getBytes(UTF_8);
    byte[] expected =
        HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertArrayEquals(expected, Hmac.sha256(key, "what do ya want for nothing?".getBytes(UTF_8)));
    assertArrayEquals(
        expected,
        Hmac.sha256(
            key, "what do ya want".getBytes(UTF_8), new byte[0], " for nothing?".getBytes(UTF_8)));
  }

  @Test
  void shouldTakeAnEmptySaltForZeros() {
    byte[] ikm = {1, 2, 3};
    byte[] info = {4};
    assertArrayEquals(
        Hkdf.sha256(ikm, new byte[32], info, 77), Hkdf.sha256(ikm, new byte[0], info, 77));
  }

  @Test
  void shouldRefuseLengthsOutOfRange() {
    byte[] none = new byte[0];
    assertEquals(8160, Hkdf.sha256(none, none, none, 8160).length);
    assertEquals(0, Hkdf.sha256(none, none, none, 0).length);
    assertThrows(IllegalArgumentException.class, () -> Hkdf.sha256(none, none, none, 8161));
    assertThrows(IllegalArgumentException.class, () -> Hkdf.sha256(none, none, none, -1));
  }
}
