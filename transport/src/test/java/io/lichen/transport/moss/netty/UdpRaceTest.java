// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.TransportException.Reason;
import io.lichen.transport.moss.UdpRace;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Dials to several addresses of one peer at once. */
class UdpRaceTest {
  private static final MossTransportConfig CONFIG = Configs.of(Era.C);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final byte[] HELLO = {1};

  private static DatagramSocket deaf() throws IOException {
    return new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** How many datagrams come until none does for so long. */
  private static int received(DatagramSocket socket, int timeoutMs) {
    int count = 0;
    try {
      socket.setSoTimeout(timeoutMs);
      while (true) {
        socket.receive(new DatagramPacket(new byte[2048], 2048));
        count++;
      }
    } catch (SocketTimeoutException e) {
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldMeetThePeerAtTheOneAddressWhereItIsAndDialTheOthersNoMore() throws IOException {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        DatagramSocket nobody = deaf()) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      race.add(address(nobody));
      race.add(b.transport.localAddress());
      MossSession met = b.accepted();
      met.send(HELLO);
      assertEquals(a.identity.peerId(), met.remoteId());
      assertEquals(b.identity.peerId(), race.session().join().remoteId());
      assertTrue(received(nobody, 1) >= 1);
      // An init is repeated after 400 ms; this one has been given up.
      assertEquals(0, received(nobody, 1000));
    }
  }

  /**
   * Who races may have a way through a relay, which must not be left for one that leads nowhere.
   */
  @Test
  void shouldNotBeWonBeforeThePeerSpeaks() throws IOException {
    try (Peer a = new Peer(Configs.of(Era.A));
        BareUdpPeer b = new BareUdpPeer(a)) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      race.add(b.address());
      BareUdpPeer.Session session = b.accept();
      Await.until(() -> a.counter("udp_dialed") == 1);
      assertFalse(race.session().isDone());
      b.send(session, HELLO);

      assertTrue(race.session().join().outbound());
    }
  }

  @Test
  void shouldGoOnWhenThePeerSaysNothingInItsSession() throws IOException {
    try (Peer a = new Peer(Configs.of(Era.A));
        BareUdpPeer b = new BareUdpPeer(a)) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      race.add(b.address());
      b.accept();
      Await.until(() -> a.counter("udp_session_unproven") == 1);
      b.dial();

      assertFalse(race.session().join().outbound());
    }
  }

  @Test
  void shouldMeetAPeerThatStillHasASessionFromBeforeItsRestart() {
    try (Peer b = new Peer(CONFIG)) {
      Peer a = new Peer(CONFIG);
      InetSocketAddress address = a.transport.localAddress();
      a.dial(b.transport, Carrier.UDP);
      Inbox old = Inbox.of(b.accepted());
      a.transport.close();
      try (Peer again = new Peer(Configs.bind(CONFIG, address), a.identity, new SocketKit())) {
        UdpRace race = again.transport.race(b.identity.peerId(), LONG);
        race.add(b.transport.localAddress());
        race.session().join().send(HELLO);

        assertEquals(CloseReason.REMOTE_CLOSED, old.closeReason());
        assertEquals(1, Inbox.of(b.accepted()).next().length);
      }
    }
  }

  @Test
  void shouldGiveNoSessionToSomebodyElseWhoAnswers() {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        Peer stranger = new Peer(CONFIG)) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      race.add(stranger.transport.localAddress());
      Await.until(() -> a.counter("udp_response_other_peer") > 0);
      assertFalse(race.session().isDone());
      race.add(b.transport.localAddress());
      b.accepted().send(HELLO);
      assertEquals(b.identity.peerId(), race.session().join().remoteId());
      assertTrue(stranger.inbound.isEmpty());
    }
  }

  @Test
  void shouldEndWithOneSessionWhereBothRaceForEachOther() {
    for (int i = 0; i < 20; i++) {
      try (Peer a = new Peer(CONFIG);
          Peer b = new Peer(CONFIG)) {
        UdpRace there = a.transport.race(b.identity.peerId(), LONG);
        UdpRace back = b.transport.race(a.identity.peerId(), LONG);
        var unused = there.session().thenAccept(session -> session.send(HELLO));
        var unusedToo = back.session().thenAccept(session -> session.send(HELLO));
        there.add(b.transport.localAddress());
        back.add(a.transport.localAddress());
        MossSession mine = there.session().join();
        MossSession theirs = back.session().join();
        assertTrue(mine.outbound() != theirs.outbound());
        assertTrue(a.inbound.isEmpty() && b.inbound.isEmpty());
        Inbox inbox = Inbox.of(theirs);
        mine.send(new byte[] {1, 2, 3});
        byte[] first = inbox.next();
        assertEquals(3, first.length == HELLO.length ? inbox.next().length : first.length);
      }
    }
  }

  @Test
  void shouldTakeTheSessionThatThePeerOpensMeanwhileFromAnotherAddress() throws IOException {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        UdpRelay nat = new UdpRelay(a.transport.localAddress());
        DatagramSocket nobody = deaf()) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      race.add(address(nobody));
      UdpRace other = b.transport.race(a.identity.peerId(), LONG);
      other.add(nat.address());
      MossSession session = race.session().join();
      assertFalse(session.outbound());
      assertEquals(b.identity.peerId(), session.remoteId());
      assertTrue(received(nobody, 1) >= 1);
      assertEquals(0, received(nobody, 1000));
    }
  }

  @Test
  void shouldSendNothingMoreOnceItIsCancelled() throws IOException {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        DatagramSocket nobody = deaf()) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      race.add(address(nobody));
      Await.until(() -> received(nobody, 1) >= 1);
      race.cancel();
      assertEquals(Reason.CLOSED, StrangerTcpTest.reason(race.session()));
      race.add(b.transport.localAddress());
      // A busy machine may have repeated it before.
      received(nobody, 1);
      assertEquals(0, received(nobody, 1000));
      assertTrue(b.inbound.isEmpty());
    }
  }

  @Test
  void shouldGiveUpWhenTheTimeIsUp() throws IOException {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        DatagramSocket nobody = deaf()) {
      UdpRace race = a.transport.race(b.identity.peerId(), Duration.ofMillis(300));
      race.add(address(nobody));
      assertEquals(Reason.TIMEOUT, StrangerTcpTest.reason(race.session()));
    }
  }

  @Test
  void shouldDialNoMoreAddressesThanARaceMayHave() throws IOException {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        DatagramSocket nobody = deaf()) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      for (int i = 0; i < UdpRace.MAX_ADDRESSES; i++) {
        race.add(new InetSocketAddress("127.0.0.2", 10_000 + i));
      }
      race.add(address(nobody));
      assertEquals(0, received(nobody, 700));
      race.cancel();
    }
  }
}
