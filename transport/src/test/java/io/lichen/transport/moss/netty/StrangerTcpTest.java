// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.Suite;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.rate.HandshakeRate;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stranger on a TCP connection can and cannot do before the handshake is over. */
class StrangerTcpTest {
  private static final MossTransportConfig CONFIG = Configs.of(Era.C);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void shouldDropSilentClientAtTheDeadline() throws IOException {
    try (Peer peer = new Peer(Configs.timeout(CONFIG, SHORT));
        RawTcp silent = new RawTcp(peer.transport.localAddress())) {
      assertEquals(0, silent.octetsUntilClosed());
      Await.until(() -> peer.counter("tcp_handshake_timeout") == 1);
    }
  }

  @Test
  void shouldHoldTheDeadlineAgainstClientThatTrickles() throws IOException {
    try (Peer peer = new Peer(Configs.timeout(CONFIG, SHORT));
        RawTcp slow = new RawTcp(peer.transport.localAddress())) {
      slow.trySend(new byte[] {1, 0, 0, 0, 32});
      long endNs = System.nanoTime() + 10 * SHORT.toNanos();
      Await.until(
          () -> {
            slow.trySend(new byte[1]);
            return peer.counter("tcp_handshake_timeout") == 1
                || System.nanoTime() - endNs > 0
                || peer.counter("tcp_handshake_noise") > 0;
          });
      assertEquals(0, peer.counter("tcp_accepted"));
      slow.octetsUntilClosed();
    }
  }

  @Test
  void shouldCloseWithoutWordOnBadInput() throws IOException {
    try (Peer peer = new Peer(CONFIG)) {
      List<byte[]> inputs =
          List.of(
              new byte[] {0},
              new byte[] {3, 0, 0, 0, 1},
              "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8),
              new byte[] {1, 0, 1, 0, 0},
              new byte[] {2, -1, -1, -1, -1},
              new byte[] {1, 0, 0, 0, 0},
              new byte[] {2, 0, 0, 0, 1, 7});
      for (byte[] input : inputs) {
        try (RawTcp stranger = new RawTcp(peer.transport.localAddress())) {
          stranger.trySend(input);
          assertEquals(0, stranger.octetsUntilClosed());
        }
      }
      assertEquals(3, peer.counter("tcp_handshake_unknown_mode"));
      assertEquals(2, peer.counter("tcp_handshake_frame_too_long"));
      assertEquals(2, peer.counter("tcp_handshake_noise"));
    }
  }

  @Test
  void shouldServeItsPeersWhileStrangersSendGarbage() throws IOException {
    long seed = Suite.seed();
    Random random = new Random(seed);
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.TCP)) {
      Peer peer = pair.acceptor;
      Inbox inbox = Inbox.of(pair.in);
      int strangers = Suite.inputs() / 200;
      for (int i = 0; i < strangers; i++) {
        try (RawTcp stranger = new RawTcp(peer.transport.localAddress())) {
          byte[] garbage = new byte[random.nextInt(600)];
          random.nextBytes(garbage);
          if (random.nextBoolean() && garbage.length > 0) {
            garbage[0] = (byte) (1 + random.nextInt(2));
          }
          stranger.trySend(garbage);
        }
        if (i % 50 == 0) {
          pair.out.send(new byte[] {1});
          assertEquals(1, inbox.next().length, "seed " + seed + " stranger " + i);
        }
      }
      assertTrue(peer.inbound.isEmpty());
      // The last places are given back, so that a friend gets in again.
      pair.dialer.dial(peer.transport, Carrier.TCP);
      peer.accepted();
    }
  }

  @Test
  void shouldBoundHandshakesByAddressAndInAll() throws IOException {
    // Long enough for all to come while the first still has its place.
    Duration timeout = Duration.ofSeconds(3);
    MossTransportConfig config = Configs.limits(Configs.timeout(CONFIG, timeout), 3, 2);
    List<RawTcp> held = new ArrayList<>();
    try (Peer peer = new Peer(config);
        Peer friend = new Peer(CONFIG)) {
      InetSocketAddress to = peer.transport.localAddress();
      held.add(new RawTcp(to));
      held.add(new RawTcp(to));
      try (RawTcp third = new RawTcp(to)) {
        assertEquals(0, third.octetsUntilClosed());
      }
      assertEquals(1, peer.counter("tcp_refused_address_full"));
      InetAddress second = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      held.add(new RawTcp(to, second));
      try (RawTcp fourth = new RawTcp(to, second)) {
        assertEquals(0, fourth.octetsUntilClosed());
      }
      assertEquals(1, peer.counter("tcp_refused_full"));
      Await.until(() -> peer.counter("tcp_handshake_timeout") == 3);

      friend.dial(peer.transport, Carrier.TCP);
      assertEquals(friend.identity.peerId(), peer.accepted().remoteId());
    } finally {
      for (RawTcp client : held) {
        client.close();
      }
    }
  }

  @Test
  void shouldLimitHowOftenAnAddressBegins() throws IOException {
    long anHourNs = 3_600_000_000_000L;
    try (Peer peer =
            new Peer(
                CONFIG,
                Identity.generate(new SecureRandom()),
                new SocketKit(),
                () -> new HandshakeRate(2, anHourNs, address -> false));
        Peer friend = new Peer(CONFIG)) {
      friend.dial(peer.transport, Carrier.TCP);
      friend.dial(peer.transport, Carrier.TCP);
      failure(friend, peer, Carrier.TCP, null);
      assertEquals(1, peer.counter("tcp_refused_rate"));
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      try (RawTcp stranger = new RawTcp(peer.transport.localAddress(), other)) {
        stranger.shakeHands("moss/1");
      }
      friend.dial(peer.transport, Carrier.UDP);
    }
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldRefuseOtherMesh(Era era) {
    MossTransportConfig config = Configs.of(era);
    try (Peer peer = new Peer(config);
        Peer other = new Peer(Configs.mesh(config, "elsewhere"))) {
      assertEquals(
          TransportException.Reason.HANDSHAKE_FAILED, failure(other, peer, Carrier.TCP, null));
      assertEquals(
          TransportException.Reason.HANDSHAKE_FAILED,
          failure(other, peer, Carrier.TCP, peer.identity.noisePublic()));
      assertTrue(peer.inbound.isEmpty());
    }
  }

  @Test
  void shouldRefuseOtherPreSharedKeyInEraA() {
    MossTransportConfig open = Configs.of(Era.A);
    byte[] key = new byte[32];
    key[5] = 5;
    try (Peer peer = new Peer(Configs.psk(open, new byte[32]));
        Peer other = new Peer(Configs.psk(open, key));
        Peer keyless = new Peer(open)) {
      assertEquals(
          TransportException.Reason.HANDSHAKE_FAILED, failure(other, peer, Carrier.TCP, null));
      assertEquals(
          TransportException.Reason.HANDSHAKE_FAILED, failure(keyless, peer, Carrier.TCP, null));
      assertTrue(peer.inbound.isEmpty());
    }
  }

  @Test
  void shouldTellWhyDialFailed() throws IOException {
    try (Peer peer = new Peer(CONFIG);
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
      DialRequest request = new DialRequest(Carrier.TCP, address, null, SHORT);
      assertEquals(
          TransportException.Reason.TIMEOUT,
          assertThrows(TransportException.class, () -> peer.dial(request)).reason());
      DialRequest withKey =
          new DialRequest(Carrier.TCP, address, peer.identity.noisePublic(), Duration.ofSeconds(3));
      assertEquals(
          TransportException.Reason.TIMEOUT,
          assertThrows(TransportException.class, () -> peer.dial(withKey)).reason());
      assertEquals(1, peer.counter("tcp_dial_fallback"));
    }
  }

  @Test
  void shouldTellThatNobodyListens() throws IOException {
    // Bound, so that nobody else gets it meanwhile, but not listened on.
    try (Peer peer = new Peer(CONFIG);
        Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress silent = (InetSocketAddress) bound.getLocalSocketAddress();
      DialRequest request = new DialRequest(Carrier.TCP, silent, new byte[32], SHORT);
      assertEquals(
          TransportException.Reason.CONNECT_FAILED,
          assertThrows(TransportException.class, () -> peer.dial(request)).reason());
    }
  }

  @Test
  void shouldEndPendingDialsWhenItCloses() throws IOException {
    try (Peer peer = new Peer(CONFIG);
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
      CompletableFuture<MossSession> dial =
          peer.transport.dial(new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(60)));
      silent.accept().close();
      peer.transport.close();
      reason(dial);
      CompletableFuture<MossSession> late =
          peer.transport.dial(new DialRequest(Carrier.TCP, address, null, SHORT));
      assertEquals(TransportException.Reason.CLOSED, reason(late));
    }
  }

  static TransportException.Reason failure(
      Peer from, Peer to, Carrier carrier, byte @Nullable [] key) {
    // Over TCP what is refused is refused at once; over UDP the time may have to run out.
    Duration timeout = Duration.ofSeconds(carrier == Carrier.TCP ? 10 : 2);
    DialRequest request = new DialRequest(carrier, to.transport.localAddress(), key, timeout);
    return assertThrows(TransportException.class, () -> from.dial(request)).reason();
  }

  static TransportException.Reason reason(CompletableFuture<?> future) {
    CompletionException e =
        assertThrows(CompletionException.class, future.orTimeout(30, TimeUnit.SECONDS)::join);
    return assertInstanceOf(TransportException.class, e.getCause()).reason();
  }
}
