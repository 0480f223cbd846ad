// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.Suite;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.handshake.HandshakeException.Reason;
import io.lichen.transport.moss.session.TcpFrameOpener;
import io.lichen.transport.moss.session.TcpFrameSealer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpHandshakeTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Identity left = Identity.generate(Sides.seeded(1));
  private final Identity right = Identity.generate(Sides.seeded(2));

  @Test
  void shouldSpeakRecordedOctets() {
    TcpHandshake initiator =
        TcpHandshake.initiator(Sides.recorded(Recorded.TCP_XX_INITIATOR), null);
    TcpHandshake responder = TcpHandshake.responder(Sides.recorded(Recorded.TCP_XX_RESPONDER));
    ByteArrayOutputStream fromInitiator = new ByteArrayOutputStream();
    ByteArrayOutputStream fromResponder = new ByteArrayOutputStream();
    fromInitiator.writeBytes(initiator.begin());
    fromResponder.writeBytes(feed(responder, fromInitiator.toByteArray(), 1));
    byte[] last = feed(initiator, fromResponder.toByteArray(), 7);
    fromInitiator.writeBytes(last);
    feed(responder, last, 1000);
    Established established = initiator.established();
    assertNotNull(established);
    TcpFrameSealer sealer = new TcpFrameSealer(established.keys().sendKey());
    for (String[] packet : Recorded.TCP_XX_PACKETS) {
      byte[] payload = packet[1].getBytes(UTF_8);
      byte[] frame = new byte[payload.length + TcpFrameSealer.OVERHEAD_BYTES];
      sealer.seal(Integer.parseInt(packet[0]), payload, frame, 0);
      fromInitiator.writeBytes(frame);
    }

    assertEquals(Recorded.TCP_XX_FROM_INITIATOR, HEX.formatHex(fromInitiator.toByteArray()));
    int handshakeLength = fromResponder.size();
    byte[] recorded = HEX.parseHex(Recorded.TCP_XX_FROM_RESPONDER);
    assertArrayEquals(Arrays.copyOf(recorded, handshakeLength), fromResponder.toByteArray());
    byte[] body = Arrays.copyOfRange(recorded, handshakeLength + 4, recorded.length);
    int length = new TcpFrameOpener(established.keys().receiveKey()).open(body, 0, body.length);
    assertEquals("{\"type\":\"pong\"", new String(body, 4, length - 4, UTF_8).substring(0, 14));
    assertEquals(Sides.identity(Recorded.TCP_XX_RESPONDER).peerId(), established.remoteId());
    Established other = responder.established();
    assertNotNull(other);
    assertEquals(Sides.identity(Recorded.TCP_XX_INITIATOR).peerId(), other.remoteId());
  }

  @ParameterizedTest
  @CsvSource({"XX,false", "XX,true", "IK,false", "IK,true"})
  void shouldAgreeInEveryPattern(HandshakeMode mode, boolean closed) {
    byte[] psk = closed ? new byte[32] : null;
    TcpHandshake initiator =
        TcpHandshake.initiator(
            Sides.context("mesh", psk, left, 3),
            mode == HandshakeMode.IK ? right.noisePublic() : null);
    TcpHandshake responder = TcpHandshake.responder(Sides.context("mesh", psk, right, 4));
    byte[] reply = feed(responder, initiator.begin(), 5);
    feed(responder, feed(initiator, reply, 1000), 1000);

    Established here = initiator.established();
    Established there = responder.established();
    assertNotNull(here);
    assertNotNull(there);
    assertArrayEquals(here.keys().sendKey(), there.keys().receiveKey());
    assertArrayEquals(here.keys().receiveKey(), there.keys().sendKey());
    assertEquals(right.peerId(), here.remoteId());
    assertEquals(left.peerId(), there.remoteId());
    assertArrayEquals(left.noisePublic(), there.remoteStatic());
    assertEquals(mode, there.mode());
    assertEquals(0, responder.wanted());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 127, 255})
  void shouldRefuseUnknownMode(int octet) {
    TcpHandshake responder = TcpHandshake.responder(Sides.context("mesh", null, right, 4));

    assertRefusal(Reason.UNKNOWN_MODE, responder, new byte[] {(byte) octet});
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000401", "00010000", "7fffffff", "80000000", "ffffffff"})
  void shouldRefuseLongFrameByItsLength(String length) {
    TcpHandshake responder = TcpHandshake.responder(Sides.context("mesh", null, right, 4));

    assertRefusal(Reason.FRAME_TOO_LONG, responder, HEX.parseHex("01" + length));
  }

  @Test
  void shouldRefuseEmptyFrame() {
    TcpHandshake responder = TcpHandshake.responder(Sides.context("mesh", null, right, 4));

    assertRefusal(Reason.NOISE, responder, HEX.parseHex("0100000000"));
  }

  @Test
  void shouldFailAtTheInitiatorWhenOpenMeshesDiffer() {
    TcpHandshake initiator = TcpHandshake.initiator(Sides.context("one", null, left, 3), null);
    TcpHandshake responder = TcpHandshake.responder(Sides.context("two", null, right, 4));
    byte[] reply = feed(responder, initiator.begin(), 1000);

    assertRefusal(Reason.NOISE, initiator, reply);
  }

  @ParameterizedTest
  @CsvSource({"XX", "IK"})
  void shouldFailAtTheResponderWhenPreSharedKeysDiffer(HandshakeMode mode) {
    byte[] otherPsk = new byte[32];
    otherPsk[0] = 1;
    TcpHandshake initiator =
        TcpHandshake.initiator(
            Sides.context("mesh", new byte[32], left, 3),
            mode == HandshakeMode.IK ? right.noisePublic() : null);
    TcpHandshake responder = TcpHandshake.responder(Sides.context("mesh", otherPsk, right, 4));

    assertRefusal(Reason.NOISE, responder, initiator.begin());
  }

  @Test
  void shouldRefuseStaticKeyOfLowOrder() {
    TcpHandshake initiator =
        TcpHandshake.initiator(Sides.context("mesh", null, left, 3), new byte[32]);

    assertEquals(Reason.NOISE, assertThrows(HandshakeException.class, initiator::begin).reason());
  }

  @Test
  void shouldTakeNothingButDecisionsFromRandomAndMutatedOctets() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    HandshakeContext context = Sides.context("mesh", null, right, seed);
    byte[] xx = TcpHandshake.initiator(Sides.context("mesh", null, left, 3), null).begin();
    byte[] ik =
        TcpHandshake.initiator(Sides.context("mesh", null, left, 3), right.noisePublic()).begin();
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, random.nextInt(20) == 0 ? xx : ik, 300);
      TcpHandshake responder = TcpHandshake.responder(context);
      try {
        feed(responder, input, 1 + random.nextInt(400));
      } catch (HandshakeException e) {
        // One of the two decisions.
      }
      Established established = responder.established();
      if (established != null) {
        assertEquals(left.peerId(), established.remoteId(), "seed " + seed + " input " + i);
      }
    }
  }

  @Test
  void shouldNotEstablishOnMutatedResponse() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    for (int i = 0; i < Suite.inputs() / 20; i++) {
      TcpHandshake initiator = TcpHandshake.initiator(Sides.context("mesh", null, left, 3), null);
      byte[] reply =
          feed(
              TcpHandshake.responder(Sides.context("mesh", null, right, 4)),
              initiator.begin(),
              1000);
      byte[] mutated = Suite.mutate(random, reply, 300);
      try {
        feed(initiator, mutated, 1000);
      } catch (HandshakeException e) {
        // As it should be.
      }
      boolean whole = Arrays.equals(reply, Arrays.copyOf(mutated, reply.length));
      if (!whole) {
        assertNull(initiator.established(), "seed " + seed + " input " + i);
      }
    }
  }

  /** Whoever of the two goes on as initiator, and in whatever pieces the octets come. */
  @ParameterizedTest
  @CsvSource({
    "false,false,false,1",
    "false,false,true,1000",
    "true,false,false,7",
    "true,true,true,3"
  })
  void shouldAgreeWhereBothSidesConnected(
      boolean leftKnows, boolean rightKnows, boolean closed, int portion) {
    byte[] psk = closed ? new byte[32] : null;
    Set<Boolean> roles = new HashSet<>();
    for (long seed = 1; seed <= 8; seed++) {
      TcpHandshake one =
          TcpHandshake.simultaneous(
              Sides.context("mesh", psk, left, seed), leftKnows ? right.noisePublic() : null);
      TcpHandshake other =
          TcpHandshake.simultaneous(
              Sides.context("mesh", psk, right, 100 + seed),
              rightKnows ? left.noisePublic() : null);
      byte[] toOther = one.begin();
      byte[] toOne = other.begin();
      while (toOther.length + toOne.length > 0) {
        byte[] next = feed(one, toOne, portion);
        toOne = feed(other, toOther, portion);
        toOther = next;
      }
      Established ofOne = one.established();
      Established ofOther = other.established();
      assertNotNull(ofOne, "seed " + seed);
      assertNotNull(ofOther, "seed " + seed);
      assertEquals(right.peerId(), ofOne.remoteId());
      assertEquals(left.peerId(), ofOther.remoteId());
      assertArrayEquals(ofOne.keys().sendKey(), ofOther.keys().receiveKey());
      assertArrayEquals(ofOne.keys().receiveKey(), ofOther.keys().sendKey());
      assertEquals(ofOne.mode(), ofOther.mode());
      assertEquals(one.isInitiator(), !other.isInitiator());
      roles.add(one.isInitiator());
    }

    assertEquals(Set.of(true, false), roles);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void shouldBeAnOrdinaryInitiatorWhereTheOtherSideAccepted(int portion) {
    TcpHandshake one = TcpHandshake.simultaneous(Sides.context("mesh", null, left, 3), null);
    TcpHandshake other = TcpHandshake.responder(Sides.context("mesh", null, right, 4));
    byte[] reply = feed(other, one.begin(), portion);
    feed(other, feed(one, reply, portion), portion);
    Established ofOther = other.established();

    assertNotNull(one.established());
    assertNotNull(ofOther);
    assertEquals(left.peerId(), ofOther.remoteId());
    assertTrue(one.isInitiator());
  }

  @Test
  void shouldRefuseItsOwnFirstMessageAndWhatIsNone() {
    TcpHandshake mirrored = TcpHandshake.simultaneous(Sides.context("mesh", null, left, 3), null);
    assertRefusal(Reason.NOISE, mirrored, mirrored.begin());

    TcpHandshake shortened = TcpHandshake.simultaneous(Sides.context("mesh", null, left, 3), null);
    shortened.begin();
    assertRefusal(Reason.NOISE, shortened, new byte[] {1, 0, 0, 0, 2, 0, 0});

    TcpHandshake strange = TcpHandshake.simultaneous(Sides.context("mesh", null, left, 3), null);
    strange.begin();
    assertRefusal(Reason.UNKNOWN_MODE, strange, new byte[] {9});

    TcpHandshake early = TcpHandshake.simultaneous(Sides.context("mesh", null, left, 3), null);
    early.begin();
    assertRefusal(Reason.FRAME_TOO_LONG, early, new byte[] {1, 0, 0, 5, 0});
  }

  private static void assertRefusal(Reason reason, TcpHandshake handshake, byte[] octets) {
    assertEquals(
        reason,
        assertThrows(HandshakeException.class, () -> feed(handshake, octets, 1000)).reason());
  }

  /** Feeds octets in portions as far as they are wanted; returns what is to be sent. */
  private static byte[] feed(TcpHandshake handshake, byte[] octets, int portion) {
    ByteArrayOutputStream replies = new ByteArrayOutputStream();
    int position = 0;
    while (position < octets.length && handshake.wanted() > 0) {
      int length = Math.min(Math.min(portion, handshake.wanted()), octets.length - position);
      replies.writeBytes(handshake.receive(octets, position, length));
      position += length;
    }
    return replies.toByteArray();
  }
}
