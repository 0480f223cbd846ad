// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only UDP sessions do, and what strangers can do to them. */
class UdpSessionTest {
  private static final MossTransportConfig CONFIG = Configs.of(Era.C);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldTellWhichAddressThePeerSees(Era era) {
    try (SessionPair pair = new SessionPair(Configs.of(era), Carrier.UDP)) {
      assertEquals(
          pair.dialer.transport.localAddress(), pair.out.observe(SECOND.multipliedBy(5)).join());
      assertEquals(
          pair.acceptor.transport.localAddress(), pair.in.observe(SECOND.multipliedBy(5)).join());
    }
  }

  @Test
  void shouldGiveUpObservingPeerThatIsGone() {
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.UDP)) {
      pair.acceptor.transport.close();

      assertEquals(
          TransportException.Reason.TIMEOUT,
          StrangerTcpTest.reason(pair.out.observe(Duration.ofMillis(400))));
    }
  }

  @Test
  void shouldDeliverEachPacketOnceWhenTheNetworkDuplicates() throws IOException {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        UdpRelay relay = new UdpRelay(b.transport.localAddress())) {
      relay.copies(3);
      MossSession there =
          a.dial(new DialRequest(Carrier.UDP, relay.address(), null, SECOND.multipliedBy(5)));
      Inbox inbox = Inbox.of(b.accepted());
      for (int i = 0; i < 100; i++) {
        there.send(ByteBuffer.allocate(4).putInt(i).array());
        assertEquals(i, ByteBuffer.wrap(inbox.next()).getInt());
      }
      Await.until(() -> b.counter("udp_packet_refused") >= 200);
      assertTrue(inbox.packets.isEmpty());
      assertTrue(b.inbound.isEmpty());
    }
  }

  @Test
  void shouldTakeBackPeerThatRestartsOnItsAddress() {
    try (Peer b = new Peer(CONFIG)) {
      Peer a = new Peer(CONFIG);
      InetSocketAddress address = a.transport.localAddress();
      a.dial(b.transport, Carrier.UDP);
      Inbox old = new Inbox();
      MossSession before = b.accepted();
      before.start(old);
      a.transport.close();
      try (Peer again = new Peer(Configs.bind(CONFIG, address), a.identity, new SocketKit())) {
        MossSession there = again.dial(b.transport, Carrier.UDP);
        there.send(new byte[] {9});
        MossSession after = b.accepted();
        Inbox inbox = Inbox.of(after);

        assertEquals(9, inbox.next()[0]);
        assertEquals(CloseReason.REMOTE_CLOSED, old.closeReason());
        assertEquals(before.remoteId(), after.remoteId());
        assertEquals(1, b.counter("udp_session_replaced"));
      }
    }
  }

  /** A native's own dial goes on after it has taken ours; it keeps the session that it has. */
  @Test
  void shouldKeepTheSessionInWhichThePeerSpeaksWhenItCompletesAnotherHandshake()
      throws IOException {
    try (Peer a = new Peer(Configs.of(Era.A));
        BareUdpPeer b = new BareUdpPeer(a)) {
      CompletableFuture<MossSession> dial =
          a.transport.dial(new DialRequest(Carrier.UDP, b.address(), null, SECOND.multipliedBy(5)));
      BareUdpPeer.Session kept = b.accept();
      b.send(kept, new byte[] {1});
      Inbox inbox = Inbox.of(dial.join());
      assertEquals(1, inbox.next()[0]);
      b.dial();
      Await.until(() -> a.counter("udp_accepted") == 1);
      b.send(kept, new byte[] {2});

      assertEquals(2, inbox.next()[0]);
      assertTrue(dial.join().isOpen());
      assertTrue(a.inbound.isEmpty());
    }
  }

  @Test
  void shouldFollowThePeerIntoTheNewSessionInWhichItSpeaks() throws IOException {
    try (Peer a = new Peer(Configs.of(Era.A));
        BareUdpPeer b = new BareUdpPeer(a)) {
      b.dial();
      Inbox old = Inbox.of(a.accepted());
      BareUdpPeer.Session fresh = b.dial();
      Await.until(() -> a.counter("udp_accepted") == 2);
      assertTrue(a.inbound.isEmpty());
      b.send(fresh, new byte[] {3});

      assertEquals(CloseReason.REMOTE_CLOSED, old.closeReason());
      assertEquals(3, Inbox.of(a.accepted()).next()[0]);
    }
  }

  @Test
  void shouldAgreeWhenBothDialAtOnce() {
    for (int round = 0; round < 20; round++) {
      try (Peer a = new Peer(CONFIG);
          Peer b = new Peer(CONFIG)) {
        CompletableFuture<MossSession> fromA = a.transport.dial(request(b));
        CompletableFuture<MossSession> fromB = b.transport.dial(request(a));
        MossSession atA = sessionOf(fromA, a);
        MossSession atB = sessionOf(fromB, b);
        Inbox inA = Inbox.of(atA);
        Inbox inB = Inbox.of(atB);
        // Kind 3 may still be under way when the first packet is sent.
        Await.until(() -> offer(atA, inB) && offer(atB, inA));
        assertTrue(atA.outbound() != atB.outbound());
      }
    }
  }

  /** What a dial led to, or what came in so early that the dial found a session already. */
  private static MossSession sessionOf(CompletableFuture<MossSession> dial, Peer peer) {
    try {
      return dial.join();
    } catch (CompletionException e) {
      assertEquals(
          TransportException.Reason.ALREADY_DIALING,
          assertInstanceOf(TransportException.class, e.getCause()).reason());
      return peer.accepted();
    }
  }

  private static boolean offer(MossSession from, Inbox to) {
    from.send(new byte[1]);
    return !to.packets.isEmpty();
  }

  private static DialRequest request(Peer to) {
    return new DialRequest(Carrier.UDP, to.transport.localAddress(), null, Duration.ofSeconds(5));
  }

  @Test
  void shouldRefuseSecondDialToTheSameAddress() {
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.UDP)) {
      CompletableFuture<MossSession> second = pair.dialer.transport.dial(request(pair.acceptor));

      assertEquals(TransportException.Reason.ALREADY_DIALING, StrangerTcpTest.reason(second));
    }
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldRefuseOtherMesh(Era era) {
    try (Peer a = new Peer(Configs.of(era));
        Peer b = new Peer(Configs.mesh(Configs.of(era), "elsewhere"))) {
      TransportException.Reason reason = StrangerTcpTest.failure(a, b, Carrier.UDP, null);

      // Era A answers an open XX init, which only the initiator finds out; era C is silent.
      assertEquals(
          era == Era.A
              ? TransportException.Reason.HANDSHAKE_FAILED
              : TransportException.Reason.TIMEOUT,
          reason);
      assertTrue(b.inbound.isEmpty());
    }
  }

  @Test
  void shouldRefuseAddressOfAnotherFamily() {
    InetAddress six = InetAddress.ofLiteral("2001:db8::1");
    try (Peer a = new Peer(CONFIG)) {
      DialRequest request =
          new DialRequest(Carrier.UDP, new InetSocketAddress(six, 1), null, SECOND);
      assertEquals(
          TransportException.Reason.UNSUPPORTED, StrangerTcpTest.reason(a.transport.dial(request)));
    }
  }

  @Test
  void shouldDropAndCountWhatIsNotTaken() {
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.UDP)) {
      Inbox inbox = Inbox.of(pair.in);
      pair.in.setReading(false);
      pair.out.observe(SECOND.multipliedBy(5)).join();
      int sent = UdpSession.HELD_PACKETS_MAX + 50;
      for (int i = 0; i < sent; i++) {
        pair.out.send(ByteBuffer.allocate(4).putInt(i).array());
        long heard = i + 1L;
        // One at a time, so that no socket buffer overflows.
        Await.until(() -> pair.in.bytesIn() >= heard * 32);
      }
      Await.until(() -> pair.acceptor.counter("udp_packet_not_taken") == 50);
      pair.in.setReading(true);
      for (int i = 0; i < UdpSession.HELD_PACKETS_MAX; i++) {
        assertEquals(i, ByteBuffer.wrap(inbox.next()).getInt());
      }
      pair.out.send(ByteBuffer.allocate(4).putInt(sent).array());
      assertEquals(sent, ByteBuffer.wrap(inbox.next()).getInt());
    }
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldServeItsPeersWhileStrangersSendGarbage(Era era) throws IOException {
    long seed = Suite.seed();
    Random random = new Random(seed);
    try (SessionPair pair = new SessionPair(Configs.of(era), Carrier.UDP);
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Peer peer = pair.acceptor;
      Inbox inbox = Inbox.of(pair.in);
      for (int i = 0; i < Suite.inputs() / 5; i++) {
        byte[] garbage = new byte[random.nextInt(400)];
        random.nextBytes(garbage);
        if (garbage.length > 0 && random.nextBoolean()) {
          garbage[0] = (byte) random.nextInt(8);
        }
        stranger.send(new DatagramPacket(garbage, garbage.length, peer.transport.localAddress()));
        if (i % 100 == 0) {
          Await.until(() -> offer(pair.out, inbox));
          inbox.packets.clear();
        }
      }
      assertTrue(peer.inbound.isEmpty());
      assertTrue(
          peer.counter(era == Era.C ? "udp_undecodable" : "udp_unknown_kind") > 0, "seed " + seed);
    }
  }

  @Test
  void shouldNotAnswerStrangerWhoAsksForHisAddress() throws IOException {
    try (Peer peer = new Peer(Configs.of(Era.A));
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      byte[] request = new byte[17];
      request[0] = 5;
      stranger.send(new DatagramPacket(request, request.length, peer.transport.localAddress()));
      Await.until(() -> peer.counter("udp_observe_refused") == 1);
      stranger.setSoTimeout(50);
      assertThrows(
          SocketTimeoutException.class,
          () -> stranger.receive(new DatagramPacket(new byte[100], 100)));
    }
  }
}
