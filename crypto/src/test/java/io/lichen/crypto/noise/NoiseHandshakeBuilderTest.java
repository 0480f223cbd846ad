// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.crypto.X25519;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A handshake that lacks a key, or is given one that it has no use for, is not built. */
class NoiseHandshakeBuilderTest {
  private static final byte[] KEY = HandshakePair.key((byte) 3);
  private static final byte[] PUBLIC = X25519.publicKey(KEY);

  @Test
  void shouldDemandEveryKeyThatThePatternTakes() {
    refused("the initiator of XX needs a local static key", xx());
    refused(
        "the initiator of XX_PSK0 needs a pre-shared key",
        initiator(NoisePattern.XX_PSK0).localStatic(KEY, PUBLIC));
    refused(
        "the initiator of IK needs a remote static key",
        initiator(NoisePattern.IK).localStatic(KEY, PUBLIC));
    refused(
        "the responder of NK_PSK0 needs a local static key",
        NoiseHandshake.builder(NoisePattern.NK_PSK0).psk(KEY));
  }

  @Test
  void shouldRefuseKeysWithoutUse() {
    refused(
        "the initiator of XX does not take a pre-shared key",
        xx().localStatic(KEY, PUBLIC).psk(KEY));
    refused(
        "the initiator of XX does not take a remote static key",
        xx().localStatic(KEY, PUBLIC).remoteStatic(PUBLIC));
    refused(
        "the initiator of NK_PSK0 does not take a local static key",
        initiator(NoisePattern.NK_PSK0).psk(KEY).remoteStatic(PUBLIC).localStatic(KEY, PUBLIC));
  }

  @Test
  void shouldRefuseKeysOfWrongLength() {
    byte[] wrong = new byte[31];
    assertThrows(IllegalArgumentException.class, () -> xx().psk(wrong));
    assertThrows(IllegalArgumentException.class, () -> xx().remoteStatic(wrong));
    assertThrows(IllegalArgumentException.class, () -> xx().localStatic(wrong, PUBLIC));
    assertThrows(IllegalArgumentException.class, () -> xx().localStatic(KEY, wrong));
    assertThrows(IllegalArgumentException.class, () -> xx().fixedEphemeral(wrong));
  }

  @Test
  void shouldNotWriteToAResponderOfLowOrder() {
    NoiseHandshake handshake =
        initiator(NoisePattern.IK).localStatic(KEY, PUBLIC).remoteStatic(new byte[32]).build();
    NoiseException refusal =
        assertThrows(NoiseException.class, () -> handshake.writeMessage(new byte[0]));
    assertEquals(NoiseException.Reason.LOW_ORDER_POINT, refusal.reason());
  }

  @Test
  void shouldDrawAFreshEphemeralKeyForEachHandshake() {
    byte[] first = xx().localStatic(KEY, PUBLIC).build().writeMessage(new byte[0]);
    byte[] second = xx().localStatic(KEY, PUBLIC).build().writeMessage(new byte[0]);
    assertFalse(Arrays.equals(first, second));
  }

  @Test
  void shouldKeepKeysOutOfItsText() {
    NoiseKeys keys = new NoiseKeys(KEY, KEY);
    assertFalse(keys.toString().contains(HexFormat.of().formatHex(KEY)));
    assertEquals("NoiseKeys[…]", keys.toString());
  }

  private static NoiseHandshakeBuilder xx() {
    return initiator(NoisePattern.XX);
  }

  private static NoiseHandshakeBuilder initiator(NoisePattern pattern) {
    return NoiseHandshake.builder(pattern).initiator(true);
  }

  private static void refused(String message, NoiseHandshakeBuilder builder) {
    assertEquals(message, assertThrows(IllegalStateException.class, builder::build).getMessage());
  }
}
