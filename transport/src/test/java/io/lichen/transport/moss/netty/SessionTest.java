// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SendResult;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.wait.Await;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a session whatever carries it, in either era, with and without epoll. */
class SessionTest {
  /** One way to run. */
  record Way(Era era, Carrier carrier, byte @Nullable [] psk, boolean epoll) {
    MossTransportConfig config() {
      return Configs.psk(Configs.of(era), psk);
    }

    Peer peer() {
      return new Peer(config(), Identity.generate(new SecureRandom()), new SocketKit(epoll));
    }

    SessionPair pair() {
      return new SessionPair(peer(), peer(), carrier);
    }

    @Override
    public String toString() {
      return era + " " + carrier + (psk == null ? " open" : " psk") + (epoll ? " epoll" : " nio");
    }
  }

  static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (Carrier carrier : List.of(Carrier.TCP, Carrier.UDP)) {
      for (boolean epoll : List.of(true, false)) {
        ways.add(new Way(Era.C, carrier, null, epoll));
        ways.add(new Way(Era.A, carrier, null, epoll));
        ways.add(new Way(Era.A, carrier, new byte[32], epoll));
      }
    }
    return ways;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldCarryPacketsBothWays(Way way) {
    try (SessionPair pair = way.pair()) {
      Inbox atA = Inbox.of(pair.out);
      Inbox atB = Inbox.of(pair.in);

      assertEquals(SendResult.QUEUED, pair.out.send("ping".getBytes(UTF_8)));
      assertEquals("ping", new String(atB.next(), UTF_8));
      assertEquals(SendResult.QUEUED, pair.in.send("pong".getBytes(UTF_8)));
      assertEquals("pong", new String(atA.next(), UTF_8));
      assertEquals(SendResult.QUEUED, pair.out.send(new byte[0]));
      assertEquals(0, atB.next().length);

      assertEquals(pair.acceptor.identity.peerId(), pair.out.remoteId());
      assertEquals(pair.dialer.identity.peerId(), pair.in.remoteId());
      assertArrayEquals(pair.acceptor.identity.noisePublic(), pair.out.remoteStatic());
      assertArrayEquals(pair.dialer.identity.noisePublic(), pair.in.remoteStatic());
      assertEquals(HandshakeMode.XX, pair.out.handshakeMode());
      assertEquals(way.carrier(), pair.in.carrier());
      assertTrue(pair.out.outbound());
      assertFalse(pair.in.outbound());
      assertEquals(pair.acceptor.transport.localAddress(), pair.out.remoteAddress());
      assertTrue(pair.out.bytesOut() > 0 && pair.out.bytesIn() > 0);
      assertTrue(atB.batches.get() > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldUseIkWhenTheKeyIsKnown(Way way) {
    try (Peer a = way.peer();
        Peer b = way.peer()) {
      MossSession there = a.dial(b.transport, way.carrier(), b.identity.noisePublic());
      MossSession here = b.accepted();
      Inbox atB = Inbox.of(here);
      there.send("hello".getBytes(UTF_8));

      assertEquals("hello", new String(atB.next(), UTF_8));
      assertEquals(HandshakeMode.IK, there.handshakeMode());
      assertEquals(HandshakeMode.IK, here.handshakeMode());
      assertEquals(a.identity.peerId(), here.remoteId());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldFallBackToXxWhenTheKeyIsStale(Way way) {
    try (Peer a = way.peer();
        Peer b = way.peer()) {
      byte[] stale = Identity.generate(new SecureRandom()).noisePublic();
      MossSession there = a.dial(b.transport, way.carrier(), stale);

      assertEquals(HandshakeMode.XX, there.handshakeMode());
      assertEquals(b.identity.peerId(), there.remoteId());
      assertEquals(HandshakeMode.XX, b.accepted().handshakeMode());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldCarryTheLargestPayloadAndRefuseLarger(Way way) {
    try (SessionPair pair = way.pair()) {
      Inbox atB = Inbox.of(pair.in);
      byte[] largest = new byte[pair.out.maxPayloadBytes()];
      new Random(42).nextBytes(largest);

      assertEquals(SendResult.TOO_LARGE, pair.out.send(new byte[largest.length + 1]));
      assertEquals(SendResult.QUEUED, pair.out.send(largest));
      assertArrayEquals(largest, atB.next());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldDeliverWhatCameBeforeTheStart(Way way) {
    try (SessionPair pair = way.pair()) {
      for (int i = 0; i < 20; i++) {
        pair.out.send(new byte[] {(byte) i});
      }
      Await.until(() -> pair.out.pendingBytes() == 0);
      Inbox atB = Inbox.of(pair.in);

      for (int i = 0; i < 20; i++) {
        assertArrayEquals(new byte[] {(byte) i}, atB.next());
      }
      assertThrows(IllegalStateException.class, () -> pair.in.start(new Inbox()));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldEndOnceWithTheFirstReason(Way way) {
    try (SessionPair pair = way.pair()) {
      Inbox atA = Inbox.of(pair.out);
      pair.out.close(CloseReason.DUPLICATE);
      pair.out.close(CloseReason.SLOW);

      assertEquals(CloseReason.DUPLICATE, atA.closeReason());
      assertFalse(pair.out.isOpen());
      assertEquals(SendResult.CLOSED, pair.out.send(new byte[1]));
      pair.dialer.transport.close();
      assertEquals(1, atA.closes.get());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldTellSessionsThatTheTransportStops(Way way) {
    try (SessionPair pair = way.pair()) {
      Inbox atA = Inbox.of(pair.out);
      pair.dialer.transport.close();

      assertEquals(CloseReason.STOPPED, atA.closeReason());
      assertEquals(SendResult.CLOSED, pair.out.send(new byte[1]));
      Inbox late = new Inbox();
      pair.acceptor.transport.close();
      pair.in.start(late);
      assertEquals(1, late.closes.get());
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldLeadToItselfWhenItDialsItsOwnAddress(Way way) {
    try (Peer a = way.peer()) {
      MossSession there = a.dial(a.transport, way.carrier());

      assertEquals(a.identity.peerId(), there.remoteId());
    }
  }
}
