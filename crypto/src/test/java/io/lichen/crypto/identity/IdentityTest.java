// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import static io.lichen.crypto.SharedVectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.crypto.CryptoException;
import io.lichen.crypto.Ed25519;
import io.lichen.crypto.RandomInput;
import io.lichen.crypto.SharedVectors;
import io.lichen.crypto.X25519;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdentityTest {
  private static final byte[] SEED = new byte[32];
  private static final byte[] NOISE = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32
  };

  @Test
  void shouldEncodeVersionSeedPublicPrivatePublic() {
    Identity identity = Identity.ofPrivateKeys(SEED, NOISE);
    byte[] blob = identity.encode();
    assertEquals(129, blob.length);
    assertEquals(1, blob[0]);
    assertArrayEquals(SEED, Arrays.copyOfRange(blob, 1, 33));
    assertArrayEquals(Ed25519.publicKey(SEED), Arrays.copyOfRange(blob, 33, 65));
    assertArrayEquals(NOISE, Arrays.copyOfRange(blob, 65, 97));
    assertArrayEquals(X25519.publicKey(NOISE), Arrays.copyOfRange(blob, 97, 129));
  }

  @Test
  void shouldReadBackWhatItWrote() {
    Identity identity = Identity.generate(new SecureRandom());
    Identity read = Identity.decode(identity.encode());
    assertEquals(identity.peerId(), read.peerId());
    assertArrayEquals(identity.noisePrivate(), read.noisePrivate());
    assertArrayEquals(identity.noisePublic(), read.noisePublic());
    assertArrayEquals(identity.ed25519PublicKey(), read.peerId().bytes());
    byte[] message = {5};
    assertTrue(Ed25519.verify(read.ed25519PublicKey(), message, identity.sign(message)));
  }

  @Test
  void shouldRefuseEveryAlteredOctet() {
    byte[] blob = Identity.ofPrivateKeys(SEED, NOISE).encode();
    for (int index = 0; index < blob.length; index++) {
      blob[index] ^= 16;
      assertThrows(CryptoException.class, () -> Identity.decode(blob), "octet " + index);
      blob[index] ^= 16;
    }
    Identity.decode(blob);
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // The full suite checks 400 000 key pairs.
  void shouldRefuseRandomAndMutatedBlobs() {
    Random random = RandomInput.seeded("identity");
    byte[] right = Identity.ofPrivateKeys(SEED, NOISE).encode();
    for (int round = 0; round < RandomInput.count(); round++) {
      byte[] wrong = RandomInput.mutated(random, right, 140);
      if (!Arrays.equals(right, wrong)) {
        assertRefusedUnlessClampingHidesTheChange(right, wrong);
      }
    }
  }

  /** Five bits of an X25519 private key are fixed by clamping: changing them is no other key. */
  private static void assertRefusedUnlessClampingHidesTheChange(byte[] right, byte[] wrong) {
    byte[] clamped = wrong.clone();
    if (clamped.length == right.length) {
      clamped[65] = (byte) ((clamped[65] & 0xF8) | (right[65] & 0x07));
      clamped[96] = (byte) ((clamped[96] & 0x3F) | (right[96] & 0xC0));
    }
    if (Arrays.equals(right, clamped)) {
      assertArrayEquals(wrong, Identity.decode(wrong).encode());
    } else {
      assertThrows(CryptoException.class, () -> Identity.decode(wrong));
    }
  }

  @Test
  void shouldNotShareItsArrays() {
    Identity identity = Identity.ofPrivateKeys(SEED, NOISE);
    byte[] before = identity.encode();
    Stream.of(
            identity.noisePrivate(),
            identity.noisePublic(),
            identity.ed25519PublicKey(),
            identity.encode())
        .forEach(array -> Arrays.fill(array, (byte) 99));
    assertArrayEquals(before, identity.encode());
  }

  @Test
  void shouldKeepPrivateKeysOutOfItsText() {
    Identity identity = Identity.ofPrivateKeys(NOISE, NOISE);
    String text = identity + IdentityBlob.decode(identity.encode()).toString();
    assertTrue(text.contains(identity.peerId().hex()));
    assertFalse(text.contains(HexFormat.of().formatHex(NOISE)));
  }

  @Test
  void shouldEncodeAsRecordedFromMoss() {
    assertEquals(3, recorded("identity").peek(IdentityTest::checkRecorded).count());
  }

  private static void checkRecorded(JsonNode vector) {
    JsonNode expected = vector.get("expected");
    JsonNode inputs = vector.get("inputs");
    Identity identity =
        Identity.ofPrivateKeys(hex(inputs, "ed25519_seed"), hex(inputs, "noise_private"));
    assertArrayEquals(hex(expected, "encoded"), identity.encode());
    assertEquals(expected.get("peer_id").asText(), identity.peerId().hex());
    assertArrayEquals(hex(expected, "noise_public"), identity.noisePublic());
  }

  /** The layout is read as the native reads it; that the halves fit is our own, further demand. */
  @Test
  void shouldTakeBlobsApartAsRecordedFromMoss() {
    assertEquals(6, recorded("identity_decode").peek(IdentityTest::checkDecode).count());
  }

  private static void checkDecode(JsonNode vector) {
    byte[] blob = hex(vector.get("inputs"), "blob");
    JsonNode expected = vector.get("expected");
    if (!expected.get("accepted").asBoolean()) {
      assertThrows(CryptoException.class, () -> IdentityBlob.decode(blob));
      return;
    }
    byte[] publicKey = IdentityBlob.decode(blob).ed25519PublicKey();
    if (expected.has("peer_id")) {
      assertArrayEquals(hex(expected, "peer_id"), publicKey);
      assertThrows(CryptoException.class, () -> Identity.decode(blob));
    } else {
      assertArrayEquals(publicKey, Identity.decode(blob).peerId().bytes());
    }
  }

  private static Stream<JsonNode> recorded(String kind) {
    return SharedVectors.elements(SharedVectors.read("moss-transport.json").get("vectors"))
        .filter(vector -> vector.get("kind").asText().equals(kind));
  }
}
