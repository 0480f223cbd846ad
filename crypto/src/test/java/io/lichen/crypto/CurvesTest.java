// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static io.lichen.crypto.SharedVectors.hex;
import static io.lichen.crypto.SharedVectors.isValid;
import static io.lichen.crypto.SharedVectors.name;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** X25519 and Ed25519. */
class CurvesTest {
  private static final String CUNNING_KEY =
      "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c";
  private static final String NEUTRAL_SIGNATURE =
      "0100000000000000000000000000000000000000000000000000000000000000"
          + "8ce6a8b5978d5ea8d3e63fdcafa518a263f63accbc7b230c26898f9205d0430a";
  private static final String SHIFTED_SIGNATURE =
      "003789297ce02defa2f4bc7635d1d7ce99b96d76eb91d31f905101674ddab720"
          + "8e465e1ab477863a4cea4cb48c6a63e6af5ead73c587dba702b12d4cd09d4403";

  @Test
  void shouldAgreeAsWycheproof() {
    SharedVectors.wycheproof("x25519_test.json", 500, CurvesTest::checkAgreement);
  }

  private static void checkAgreement(JsonNode test) {
    String name = name(test);
    byte[] privateKey = hex(test, "private");
    byte[] publicKey = hex(test, "public");
    byte[] shared = hex(test, "shared");
    if (Arrays.equals(shared, new byte[32])) {
      assertThrows(CryptoException.class, () -> X25519.agree(privateKey, publicKey), name);
    } else {
      assertArrayEquals(shared, X25519.agree(privateKey, publicKey), name);
    }
  }

  @Test
  void shouldVerifyAsWycheproof() {
    long cases =
        SharedVectors.elements(SharedVectors.read("public/ed25519_test.json").get("testGroups"))
            .peek(CurvesTest::checkSignatures)
            .mapToInt(group -> group.get("tests").size())
            .sum();
    assertEquals(151, cases);
  }

  private static void checkSignatures(JsonNode group) {
    byte[] publicKey = hex(group.get("publicKey"), "pk");
    SharedVectors.elements(group.get("tests")).forEach(test -> checkSignature(test, publicKey));
  }

  /** No case of Wycheproof rests on points of small order: both ways give the same answer. */
  private static void checkSignature(JsonNode test, byte[] publicKey) {
    byte[] message = hex(test, "msg");
    byte[] signature = hex(test, "sig");
    assertEquals(isValid(test), Ed25519.verify(publicKey, message, signature), name(test));
    assertEquals(isValid(test), Ed25519.verifyStrict(publicKey, message, signature), name(test));
  }

  /**
   * The signer who draws the nonce 0: R is the neutral point and s = k·a. Verifiers that work
   * without checks of order take it.
   */
  @Test
  void shouldRefuseANeutralPointAsCommitmentWhenStrict() {
    onlyTheLenientWayTakes(NEUTRAL_SIGNATURE);
  }

  /** A point of order 2 was added to R: whether s fits R depends on who asks. */
  @Test
  void shouldRefuseACommitmentOutsideThePrimeOrderGroupWhenStrict() {
    onlyTheLenientWayTakes(SHIFTED_SIGNATURE);
  }

  private static void onlyTheLenientWayTakes(String signatureHex) {
    byte[] publicKey = parse(CUNNING_KEY);
    byte[] message = "net".getBytes(US_ASCII);
    assertTrue(Ed25519.verify(publicKey, message, parse(signatureHex)));
    assertFalse(Ed25519.verifyStrict(publicKey, message, parse(signatureHex)));
  }

  @Test
  void shouldRefuseKeysOfSmallOrderWhenStrict() {
    byte[] neutral = new byte[32];
    neutral[0] = 1;
    byte[] signature = Arrays.copyOf(neutral, 64);
    assertFalse(Ed25519.verifyStrict(neutral, new byte[3], signature));
  }

  /** RFC 8032, section 7.1, test 2. */
  @Test
  void shouldSignAsRfc8032() {
    byte[] seed = parse("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    byte[] publicKey = parse("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    assertArrayEquals(publicKey, Ed25519.publicKey(seed));
    assertArrayEquals(
        parse(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        Ed25519.sign(seed, publicKey, new byte[] {0x72}));
  }

  @Property(tries = 50)
  void shouldVerifyOnlyWhatWasSigned(@ForAll @Size(32) byte[] seed, @ForAll byte[] message) {
    byte[] publicKey = Ed25519.publicKey(seed);
    byte[] signature = Ed25519.sign(seed, publicKey, message);
    assertTrue(Ed25519.verify(publicKey, message, signature));
    byte[] longer = Arrays.copyOf(message, message.length + 1);
    assertFalse(Ed25519.verify(publicKey, longer, signature));
    signature[message.length % signature.length] ^= 4;
    assertFalse(Ed25519.verify(publicKey, message, signature));
  }

  @Property(tries = 50)
  void shouldAgreeOnBothSides(@ForAll @Size(32) byte[] first, @ForAll @Size(32) byte[] second) {
    assertArrayEquals(
        X25519.agree(first, X25519.publicKey(second)),
        X25519.agree(second, X25519.publicKey(first)));
  }

  @Test
  void shouldTreatWrongLengthsOfRemoteSidesAsInvalid() {
    byte[] seed = new byte[32];
    byte[] publicKey = Ed25519.publicKey(seed);
    byte[] signature = Ed25519.sign(seed, publicKey, seed);
    assertFalse(Ed25519.verify(Arrays.copyOf(publicKey, 31), seed, signature));
    assertFalse(Ed25519.verify(publicKey, seed, Arrays.copyOf(signature, 65)));
    assertFalse(Ed25519.verify(publicKey, seed, new byte[0]));
  }

  @Test
  void shouldRefuseOwnKeysOfWrongLength() {
    byte[] key = new byte[32];
    byte[] wrong = new byte[33];
    assertThrows(IllegalArgumentException.class, () -> X25519.publicKey(wrong));
    assertThrows(IllegalArgumentException.class, () -> X25519.agree(wrong, key));
    assertThrows(IllegalArgumentException.class, () -> X25519.agree(key, wrong));
    assertThrows(IllegalArgumentException.class, () -> Ed25519.publicKey(wrong));
    assertThrows(IllegalArgumentException.class, () -> Ed25519.sign(wrong, key, key));
    assertThrows(IllegalArgumentException.class, () -> Ed25519.sign(key, wrong, key));
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
