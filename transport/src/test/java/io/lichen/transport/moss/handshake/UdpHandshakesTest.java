// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.ScriptedRandom;
import io.lichen.transport.Suite;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.session.UdpPacketOpener;
import io.lichen.transport.rate.HandshakeRate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UdpHandshakesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final long MS = 1_000_000L;
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
  private static final Identity LEFT = Identity.generate(Sides.seeded(1));
  private static final Identity RIGHT = Identity.generate(Sides.seeded(2));

  private final RecordingSink sink = new RecordingSink();

  private static UdpHandshakes engine(HandshakeContext context, UdpSink sink) {
    return new UdpHandshakes(
        context, new UdpLimits(16, 4, 5000 * MS), HandshakeRate.ofStrangers(), sink);
  }

  private UdpHandshakes engine(Identity identity) {
    return engine(Sides.context("mesh", null, identity, 7), sink);
  }

  /** The other side's engine, which has begun to dial. */
  private static UdpHandshakes dialer(Identity identity, long seed, UdpSink sink) {
    UdpHandshakes engine = engine(Sides.context("mesh", null, identity, seed), sink);
    engine.dial(PEER, null, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    return engine;
  }

  private static byte[] initOf(Identity identity, long seed) {
    RecordingSink remote = new RecordingSink();
    dialer(identity, seed, remote);
    return remote.last();
  }

  @Test
  void shouldInitiateAsRecorded() {
    UdpHandshakes engine = engine(Sides.recorded(Recorded.UDP_IK_INITIATOR), sink);
    byte[] remoteStatic = Sides.identity(Recorded.UDP_IK_RESPONDER).noisePublic();
    engine.dial(PEER, remoteStatic, 2000 * MS, 5000 * MS, 0);
    assertEquals(Recorded.UDP_IK_INIT, HEX.formatHex(sink.last()));
    engine.onDatagram(PEER, DatagramKind.RESPONSE, HEX.parseHex(Recorded.UDP_IK_RESPONSE), 10 * MS);

    assertEquals(Recorded.UDP_IK_DONE, HEX.formatHex(sink.last()));
    assertEquals(List.of(1, 3), sink.kinds());
    assertNotNull(sink.established);
  }

  @Test
  void shouldRespondAsRecorded() {
    // The challenge is drawn before the ephemeral key.
    HandshakeContext context =
        new HandshakeContext(
            "moss/1",
            null,
            Sides.identity(Recorded.UDP_IK_RESPONDER),
            new ScriptedRandom(
                Recorded.UDP_IK_CHALLENGE, Recorded.UDP_IK_RESPONDER.ephemeralPrivate()));
    UdpHandshakes engine = engine(context, sink);
    engine.onDatagram(PEER, DatagramKind.INIT, HEX.parseHex(Recorded.UDP_IK_INIT), 0);
    assertEquals(Recorded.UDP_IK_RESPONSE, HEX.formatHex(sink.last()));
    engine.onDatagram(PEER, DatagramKind.DONE, HEX.parseHex(Recorded.UDP_IK_DONE), 0);

    Established established = sink.established;
    assertNotNull(established);
    byte[] packet = HEX.parseHex(Recorded.UDP_IK_PACKET);
    int length =
        new UdpPacketOpener(established.keys().receiveKey()).open(packet, 0, packet.length);
    assertEquals(Recorded.UDP_IK_PACKET_TEXT, new String(packet, 8 + 4, length - 4, UTF_8));
  }

  @Test
  void shouldAnswerEqualInitWithTheStoredResponse() {
    UdpHandshakes engine = engine(RIGHT);
    byte[] init = initOf(LEFT, 8);
    engine.onDatagram(PEER, DatagramKind.INIT, init, 0);
    byte[] first = sink.last();
    engine.onDatagram(PEER, DatagramKind.INIT, init.clone(), 75 * MS);

    assertArrayEquals(first, sink.last());
    assertEquals(2, sink.sent.size());
    assertEquals(1, engine.pendingCount());
  }

  @Test
  void shouldWaitAnewForAnInitiatorThatHasNotGotTheAnswerYet() {
    UdpHandshakes engine = engine(RIGHT);
    RecordingSink remote = new RecordingSink();
    UdpHandshakes initiator = dialer(LEFT, 8, remote);
    byte[] init = remote.last();
    engine.onDatagram(PEER, DatagramKind.INIT, init, 0);
    engine.onDatagram(PEER, DatagramKind.INIT, init, 4750 * MS);
    initiator.onDatagram(PEER, DatagramKind.RESPONSE, sink.last(), 4750 * MS);
    engine.onTimer(9000 * MS);
    engine.onDatagram(PEER, DatagramKind.DONE, remote.last(), 9000 * MS);

    assertNotNull(sink.established, "every answer but the last was lost, and the first kind 3");
  }

  @Test
  void shouldForgetAnInitiatorThatDoesNotComeAgain() {
    UdpHandshakes engine = engine(RIGHT);
    engine.onDatagram(PEER, DatagramKind.INIT, initOf(LEFT, 8), 0);
    engine.onDatagram(PEER, DatagramKind.INIT, initOf(LEFT, 8), 2000 * MS);
    engine.onTimer(6999 * MS);
    assertEquals(1, engine.pendingCount());
    engine.onTimer(7000 * MS);
    assertEquals(0, engine.pendingCount());
  }

  @Test
  void shouldSurviveForgedDones() {
    UdpHandshakes engine = engine(RIGHT);
    RecordingSink remote = new RecordingSink();
    UdpHandshakes initiator = dialer(LEFT, 8, remote);
    engine.onDatagram(PEER, DatagramKind.INIT, remote.last(), 0);
    initiator.onDatagram(PEER, DatagramKind.RESPONSE, sink.last(), 0);
    for (int i = 0; i < UdpHandshakes.MAX_BAD_DONES - 1; i++) {
      engine.onDatagram(PEER, DatagramKind.DONE, new byte[230], 0);
    }
    assertNull(sink.established);
    engine.onDatagram(PEER, DatagramKind.DONE, remote.last(), 0);

    assertNotNull(sink.established);
    assertEquals(0, engine.pendingCount());
  }

  @Test
  void shouldForgetHandshakeAfterTooManyForgedDones() {
    UdpHandshakes engine = engine(RIGHT);
    engine.onDatagram(PEER, DatagramKind.INIT, initOf(LEFT, 8), 0);
    for (int i = 0; i < UdpHandshakes.MAX_BAD_DONES; i++) {
      engine.onDatagram(PEER, DatagramKind.DONE, new byte[32], 0);
    }

    assertEquals(0, engine.pendingCount());
  }

  @Test
  void shouldRepeatInitNotSoonerThanASecondAndThenRarer() {
    UdpHandshakes engine = engine(LEFT);
    engine.dial(PEER, null, 5000 * MS, 5000 * MS, 0);
    List<Long> timesMs = new ArrayList<>();
    while (engine.nextTimerNs() != Long.MAX_VALUE) {
      long now = engine.nextTimerNs();
      int before = sink.sent.size();
      engine.onTimer(now);
      if (sink.sent.size() > before) {
        timesMs.add(now / MS);
      }
    }

    assertEquals(List.of(1000L, 2500L, 4750L), timesMs);
    assertEquals(List.of(true), sink.timedOut);
    byte[] init = sink.sent.getFirst().payload();
    sink.sent.forEach(sent -> assertArrayEquals(init, sent.payload()));
  }

  @Test
  void shouldRepeatDoneUntilTheFirstPacket() {
    UdpHandshakes engine = engine(LEFT);
    RecordingSink remote = new RecordingSink();
    engine.dial(PEER, null, 5000 * MS, 5000 * MS, 0);
    engine(Sides.context("mesh", null, RIGHT, 8), remote)
        .onDatagram(PEER, DatagramKind.INIT, sink.last(), 0);
    engine.onDatagram(PEER, DatagramKind.RESPONSE, remote.last(), 0);
    engine.onTimer(250 * MS);
    engine.onTimer(700 * MS);
    assertEquals(List.of(1, 3, 3, 3), sink.kinds());
    engine.onConfirmed(PEER);
    engine.onTimer(5000 * MS);

    assertEquals(4, sink.sent.size());
    assertEquals(Long.MAX_VALUE, engine.nextTimerNs());
  }

  @Test
  void shouldBoundHandshakesOfStrangers() {
    UdpHandshakes engine = engine(RIGHT);
    byte[] init = initOf(LEFT, 8);
    for (int port = 1; port <= 6; port++) {
      engine.onDatagram(new InetSocketAddress("192.0.2.1", port), DatagramKind.INIT, init, 0);
    }
    assertEquals(4, engine.pendingCount());
    for (int host = 2; host <= 30; host++) {
      engine.onDatagram(new InetSocketAddress("192.0.2." + host, 1), DatagramKind.INIT, init, 0);
    }
    assertEquals(16, engine.pendingCount());
    assertEquals(16, sink.sent.size());
    assertTrue(sink.refusals.contains("init_full"));
    assertTrue(sink.refusals.contains("init_address_full"));
    engine.onTimer(5000 * MS);
    assertEquals(0, engine.pendingCount());
  }

  @Test
  void shouldLimitHowOftenStrangersBegin() {
    HandshakeRate rate = new HandshakeRate(3, 1000 * MS, address -> false);
    UdpHandshakes engine =
        new UdpHandshakes(
            Sides.context("mesh", null, RIGHT, 7), new UdpLimits(16, 16, 500 * MS), rate, sink);
    byte[] init = initOf(LEFT, 8);
    for (int port = 1; port <= 5; port++) {
      engine.onDatagram(new InetSocketAddress("192.0.2.1", port), DatagramKind.INIT, init, 0);
    }
    assertEquals(3, engine.pendingCount());
    assertEquals(List.of("init_rate", "init_rate"), sink.refusals);

    engine.onDatagram(new InetSocketAddress("192.0.2.1", 1), DatagramKind.INIT, init, 0);
    assertEquals(4, sink.sent.size(), "a repeat begins nothing");
    engine.onDatagram(new InetSocketAddress("192.0.2.2", 1), DatagramKind.INIT, init, 0);
    assertEquals(4, engine.pendingCount(), "somebody else");
    InetSocketAddress later = new InetSocketAddress("192.0.2.1", 6);
    engine.onDatagram(later, DatagramKind.INIT, init, 1000 * MS);
    assertEquals(1, engine.pendingCount(), "one more, when the others are forgotten");
  }

  @Test
  void shouldKeepFewHandshakesOfOneSocketAddress() {
    UdpHandshakes engine = engine(RIGHT);
    for (int i = 0; i < 10; i++) {
      engine.onDatagram(PEER, DatagramKind.INIT, initOf(LEFT, 100 + i), i * MS);
    }
    assertEquals(UdpPendingTable.PER_SOCKET_ADDRESS, engine.pendingCount());
    engine.onDatagram(PEER, DatagramKind.INIT, initOf(LEFT, 200), 600 * MS);

    assertEquals(UdpPendingTable.PER_SOCKET_ADDRESS, engine.pendingCount());
    assertEquals(UdpPendingTable.PER_SOCKET_ADDRESS + 1, sink.sent.size());
  }

  @Test
  void shouldNotReplaceSessionOfAnotherPeer() {
    UdpHandshakes engine = engine(RIGHT);
    RecordingSink remote = new RecordingSink();
    UdpHandshakes initiator = dialer(LEFT, 8, remote);
    sink.present = RIGHT.peerId();
    engine.onDatagram(PEER, DatagramKind.INIT, remote.last(), 0);
    initiator.onDatagram(PEER, DatagramKind.RESPONSE, sink.last(), 0);
    engine.onDatagram(PEER, DatagramKind.DONE, remote.last(), 0);

    assertNull(sink.established);
    assertEquals(List.of("done_other_peer"), sink.refusals);
  }

  @Test
  void shouldRefuseSecondDialToOneAddress() {
    UdpHandshakes engine = engine(LEFT);
    assertNotNull(engine.dial(PEER, null, 5000 * MS, 5000 * MS, 0));
    assertNull(engine.dial(PEER, null, 5000 * MS, 5000 * MS, 0));
  }

  @Test
  void shouldGiveUpAfterTooManyForgedResponsesButNotBefore() {
    UdpHandshakes engine = engine(LEFT);
    engine.dial(PEER, null, 5000 * MS, 5000 * MS, 0);
    for (int i = 0; i < UdpDial.MAX_BAD_RESPONSES - 1; i++) {
      engine.onDatagram(PEER, DatagramKind.RESPONSE, new byte[262], 0);
    }
    assertEquals(List.of(), sink.timedOut);
    engine.onDatagram(PEER, DatagramKind.RESPONSE, new byte[262], 0);

    assertEquals(List.of(false), sink.timedOut);
  }

  @Test
  void shouldSurviveRandomAndMutatedDatagrams() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    UdpHandshakes engine = engine(Sides.context("mesh", null, RIGHT, seed), sink);
    RecordingSink remote = new RecordingSink();
    engine(Sides.context("mesh", null, LEFT, 8), remote)
        .dial(PEER, RIGHT.noisePublic(), Long.MAX_VALUE, Long.MAX_VALUE, 0);
    byte[] good = remote.last();
    long now = 0;
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 300);
      InetSocketAddress from =
          new InetSocketAddress("192.0.2." + (1 + random.nextInt(5)), 1 + random.nextInt(5));
      engine.onDatagram(from, 1 + random.nextInt(3), input, now);
      sink.sent.clear();
      sink.refusals.clear();
      assertTrue(engine.pendingCount() <= 16, "seed " + seed + " input " + i);
      assertNull(sink.established, "seed " + seed + " input " + i);
      now += 10 * MS;
    }
  }
}
