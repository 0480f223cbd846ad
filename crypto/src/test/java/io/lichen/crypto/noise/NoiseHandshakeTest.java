// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.X25519;
import io.lichen.crypto.noise.NoiseException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sides of every pattern against each other, and against altered and misused messages. */
class NoiseHandshakeTest {
  private static final byte[] PAYLOAD = "payload".getBytes(UTF_8);
  private static final byte[] EMPTY = new byte[0];

  @ParameterizedTest
  @EnumSource
  void shouldGiveBothSidesTheSameKeysAndHash(NoisePattern pattern) {
    HandshakePair pair = new HandshakePair(pattern);
    for (int index = 0; index < pattern.messageCount(); index++) {
      NoiseHandshake writer = pair.writer(index);
      assertTrue(writer.isMyTurn());
      assertFalse(pair.reader(index).isMyTurn());
      byte[] message = writer.writeMessage(PAYLOAD);
      assertEquals(pattern.overheadBytes(index) + PAYLOAD.length, message.length);
      assertArrayEquals(PAYLOAD, pair.reader(index).readMessage(message, 0, message.length));
    }
    assertTrue(pair.initiator.isComplete() && pair.responder.isComplete());
    assertFalse(pair.initiator.isMyTurn() || pair.responder.isMyTurn());
    assertArrayEquals(pair.initiator.handshakeHash(), pair.responder.handshakeHash());
    assertArrayEquals(pair.initiator.split().sendKey(), pair.responder.split().receiveKey());
    assertArrayEquals(pair.initiator.split().receiveKey(), pair.responder.split().sendKey());
    assertFalse(
        Arrays.equals(pair.initiator.split().sendKey(), pair.initiator.split().receiveKey()));
    assertArrayEquals(pair.responderStatic, pair.initiator.remoteStatic());
    assertEquals(pattern != NoisePattern.NK_PSK0, pair.responder.hasRemoteStatic());
  }

  /** XX's first message is in clear, so there the damage shows when the next one is read. */
  @ParameterizedTest
  @EnumSource
  void shouldRefuseEveryAlteredOctetAndStayUsable(NoisePattern pattern) {
    HandshakePair pair = new HandshakePair(pattern);
    for (int index = 0; index < pattern.messageCount(); index++) {
      byte[] message = pair.writer(index).writeMessage(PAYLOAD);
      NoiseHandshake reader = pair.reader(index);
      boolean clear = index == 0 && pattern == NoisePattern.XX;
      for (int position = 0; !clear && position < message.length; position++) {
        byte[] hash = reader.handshakeHash();
        boolean knewStatic = reader.hasRemoteStatic();
        message[position] ^= 2;
        NoiseException refusal =
            assertThrows(
                NoiseException.class, () -> reader.readMessage(message, 0, message.length));
        assertEquals(Reason.NOT_AUTHENTIC, refusal.reason());
        message[position] ^= 2;
        assertArrayEquals(hash, reader.handshakeHash());
        assertEquals(knewStatic, reader.hasRemoteStatic());
      }
      assertArrayEquals(PAYLOAD, reader.readMessage(message, 0, message.length));
    }
    assertArrayEquals(pair.initiator.split().sendKey(), pair.responder.split().receiveKey());
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseEveryTruncation(NoisePattern pattern) {
    HandshakePair pair = new HandshakePair(pattern);
    for (int index = 0; index < pattern.messageCount(); index++) {
      byte[] message = pair.writer(index).writeMessage(EMPTY);
      NoiseHandshake reader = pair.reader(index);
      for (int length = 0; length < message.length; length++) {
        int shorter = length;
        NoiseException refusal =
            assertThrows(NoiseException.class, () -> reader.readMessage(message, 0, shorter));
        assertEquals(Reason.TOO_SHORT, refusal.reason());
      }
      reader.readMessage(message, 0, message.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseLowOrderEphemeralKeys(NoisePattern pattern) {
    HandshakePair pair = new HandshakePair(pattern);
    byte[] first = pair.initiator.writeMessage(EMPTY);
    pair.responder.readMessage(first, 0, first.length);
    byte[] second = pair.responder.writeMessage(EMPTY);
    Arrays.fill(second, 0, X25519.KEY_BYTES, (byte) 0);
    NoiseException refusal =
        assertThrows(
            NoiseException.class, () -> pair.initiator.readMessage(second, 0, second.length));
    assertEquals(Reason.LOW_ORDER_POINT, refusal.reason());
  }

  @Test
  void shouldReadOutOfTheMiddleOfAnArray() {
    HandshakePair pair = new HandshakePair(NoisePattern.XX);
    byte[] message = pair.initiator.writeMessage(PAYLOAD);
    byte[] padded = new byte[message.length + 9];
    System.arraycopy(message, 0, padded, 4, message.length);
    assertArrayEquals(PAYLOAD, pair.responder.readMessage(padded, 4, message.length));
  }

  @ParameterizedTest
  @EnumSource(names = {"XX_PSK0", "IK_PSK0", "NK_PSK0"})
  void shouldFailOnTheFirstMessageWhenPreSharedKeysDiffer(NoisePattern pattern) {
    HandshakePair one = new HandshakePair(pattern);
    HandshakePair other = new HandshakePair(pattern, EMPTY, (byte) 9);
    byte[] message = one.initiator.writeMessage(EMPTY);
    assertThrows(
        NoiseException.class, () -> other.responder.readMessage(message, 0, message.length));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFailAtTheFirstSealedMessageWhenProloguesDiffer(NoisePattern pattern) {
    HandshakePair one = new HandshakePair(pattern);
    HandshakePair other = new HandshakePair(pattern, PAYLOAD, HandshakePair.PSK_OCTET);
    byte[] first = one.initiator.writeMessage(EMPTY);
    if (pattern != NoisePattern.XX) {
      assertThrows(NoiseException.class, () -> other.responder.readMessage(first, 0, first.length));
      return;
    }
    other.responder.readMessage(first, 0, first.length);
    byte[] second = other.responder.writeMessage(EMPTY);
    assertThrows(NoiseException.class, () -> one.initiator.readMessage(second, 0, second.length));
  }

  @Test
  void shouldRefuseCallsOutOfOrder() {
    HandshakePair pair = new HandshakePair(NoisePattern.IK);
    assertThrows(IllegalStateException.class, () -> pair.responder.writeMessage(EMPTY));
    assertThrows(
        IllegalStateException.class, () -> pair.initiator.readMessage(new byte[200], 0, 200));
    assertThrows(IllegalStateException.class, pair.initiator::split);
    assertThrows(IllegalStateException.class, pair.responder::remoteStatic);
    byte[] first = pair.initiator.writeMessage(EMPTY);
    assertThrows(IllegalStateException.class, () -> pair.initiator.writeMessage(EMPTY));
    pair.responder.readMessage(first, 0, first.length);
    byte[] second = pair.responder.writeMessage(EMPTY);
    pair.initiator.readMessage(second, 0, second.length);
    assertThrows(IllegalStateException.class, () -> pair.initiator.writeMessage(EMPTY));
    assertThrows(
        IllegalStateException.class, () -> pair.initiator.readMessage(second, 0, second.length));
  }

  @Test
  void shouldHoldTheLengthLimitBothWays() {
    HandshakePair pair = new HandshakePair(NoisePattern.XX);
    byte[] largest = new byte[NoiseHandshake.MAX_MESSAGE_BYTES - X25519.KEY_BYTES];
    byte[] tooLarge = new byte[largest.length + 1];
    assertThrows(IllegalArgumentException.class, () -> pair.initiator.writeMessage(tooLarge));
    byte[] message = pair.initiator.writeMessage(largest);
    byte[] longer = Arrays.copyOf(message, message.length + 1);
    NoiseException refusal =
        assertThrows(
            NoiseException.class, () -> pair.responder.readMessage(longer, 0, longer.length));
    assertEquals(Reason.TOO_LONG, refusal.reason());
    assertEquals(largest.length, pair.responder.readMessage(message, 0, message.length).length);
  }
}
