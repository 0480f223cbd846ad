// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.HandshakeMode;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.TcpMeeting;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.wait.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that leave from the port that is listened on. */
class TcpMeetingTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int ROUNDS = 20;

  private static Peer peer(boolean epoll) {
    return new Peer(Configs.of(Era.C), Identity.generate(new SecureRandom()), new SocketKit(epoll));
  }

  private static TcpMeeting meet(Peer from, Peer to) {
    return from.transport.meet(to.identity.peerId(), to.transport.localAddress(), LIMIT);
  }

  private static MossSession met(TcpMeeting meeting) {
    return meeting.session().join();
  }

  private static TransportException.Reason failure(TcpMeeting meeting) {
    CompletionException e = assertThrows(CompletionException.class, meeting.session()::join);
    return assertInstanceOf(TransportException.class, e.getCause()).reason();
  }

  @ParameterizedTest(name = "epoll {0}")
  @ValueSource(booleans = {true, false})
  void shouldLeaveFromTheListeningPort(boolean epoll) {
    try (Peer one = peer(epoll);
        Peer other = peer(epoll)) {
      assertTrue(one.transport.dialsFromListener());
      MossSession session = met(meet(one, other));
      MossSession accepted = other.accepted();

      assertEquals(one.transport.localAddress(), accepted.remoteAddress());
      assertTrue(session.usesListeningPort());
      assertTrue(session.outbound());
      assertFalse(accepted.outbound());
      assertEquals(HandshakeMode.XX, session.handshakeMode());
      assertEquals(other.identity.peerId(), session.remoteId());
    }
  }

  /** On one machine the one comes before the other; whoever is late finds the ports in use. */
  @ParameterizedTest(name = "epoll {0}")
  @ValueSource(booleans = {true, false})
  void shouldHaveOneConnectionWhereBothConnectAtOnce(boolean epoll) {
    for (int round = 0; round < ROUNDS; round++) {
      try (Peer one = peer(epoll);
          Peer other = peer(epoll)) {
        TcpMeeting left = meet(one, other);
        TcpMeeting right = meet(other, one);
        Await.until(() -> left.session().isDone() && right.session().isDone());
        List<MossSession> ofOne = sessions(left, one);
        List<MossSession> ofOther = sessions(right, other);

        assertEquals(1, ofOne.size());
        assertEquals(1, ofOther.size());
        assertEquals(other.identity.peerId(), ofOne.getFirst().remoteId());
        assertEquals(one.identity.peerId(), ofOther.getFirst().remoteId());
        assertEquals(ofOne.getFirst().outbound(), !ofOther.getFirst().outbound());
      }
    }
  }

  private static List<MossSession> sessions(TcpMeeting meeting, Peer peer) {
    List<MossSession> sessions = new ArrayList<>();
    if (meeting.session().isCompletedExceptionally()) {
      sessions.add(peer.accepted());
    } else {
      sessions.add(met(meeting));
    }
    peer.inbound.drainTo(sessions);
    return sessions;
  }

  @Test
  void shouldHaveNothingToDoWithSomebodyElse() {
    try (Peer one = peer(true);
        Peer other = peer(true)) {
      PeerId wanted = Identity.generate(new SecureRandom()).peerId();
      TcpMeeting meeting = one.transport.meet(wanted, other.transport.localAddress(), LIMIT);

      assertEquals(TransportException.Reason.HANDSHAKE_FAILED, failure(meeting));
      assertEquals(1, one.counter("tcp_meeting_stranger"));
      MossSession accepted = other.accepted();
      Await.until(() -> !accepted.isOpen());
    }
  }

  /** The system connects such a socket to itself. */
  @Test
  void shouldNotMeetItself() {
    try (Peer one = peer(true)) {
      assertEquals(TransportException.Reason.HANDSHAKE_FAILED, failure(meet(one, one)));
    }
  }

  @Test
  void shouldNotTellThePeerAnythingWhenItIsGivenUp() throws Exception {
    // Full of connections that nobody accepts, so that one more hangs.
    try (Peer one = peer(true);
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
      InetSocketAddress address = new InetSocketAddress(full.getInetAddress(), full.getLocalPort());
      TcpMeeting meeting = one.transport.meet(one.identity.peerId(), address, LIMIT);
      Await.until(
          () -> {
            meeting.abandon();
            return meeting.session().isDone();
          });

      assertEquals(TransportException.Reason.CLOSED, failure(meeting));
      assertTrue(first.isConnected() && second.isConnected());
    }
  }

  @Test
  void shouldTakeAnotherPortForAnOrdinaryDialWhereItsOwnIsInUse() {
    try (Peer one = peer(true);
        Peer other = peer(true)) {
      InetSocketAddress address = other.transport.localAddress();
      DialRequest request = new DialRequest(Carrier.TCP, address, null, LIMIT, true);
      MossSession first = one.dial(request);
      MossSession second = one.dial(request);

      assertTrue(first.usesListeningPort());
      assertFalse(second.usesListeningPort());
      assertEquals(1, one.counter("tcp_dial_own_port"));
      assertFalse(one.dial(other.transport, Carrier.TCP).usesListeningPort());
    }
  }
}
