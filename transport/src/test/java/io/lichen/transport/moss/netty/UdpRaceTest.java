// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.TransportException.Reason;
import io.lichen.transport.moss.UdpRace;
import io.lichen.transport.wait.Await;
import java.io.IOException;
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

  private static DatagramSocket deaf() throws IOException {
    return new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static int received(DatagramSocket socket, int timeoutMs) throws IOException {
    socket.setSoTimeout(timeoutMs);
    int count = 0;
    try {
      while (true) {
        socket.receive(new DatagramPacket(new byte[2048], 2048));
        count++;
      }
    } catch (SocketTimeoutException e) {
      return count;
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
      MossSession session = race.session().join();
      assertEquals(b.identity.peerId(), session.remoteId());
      assertEquals(a.identity.peerId(), b.accepted().remoteId());
      // An init is repeated after 400 ms; this one has been given up by then.
      assertEquals(1, received(nobody, 1000));
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
        there.add(b.transport.localAddress());
        back.add(a.transport.localAddress());
        MossSession mine = there.session().join();
        MossSession theirs = back.session().join();
        assertTrue(mine.outbound() != theirs.outbound());
        assertTrue(a.inbound.isEmpty() && b.inbound.isEmpty());
        Inbox inbox = Inbox.of(theirs);
        mine.send(new byte[] {1, 2, 3});
        assertEquals(3, inbox.next().length);
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
      assertTrue(received(nobody, 1000) <= 2);
    }
  }

  @Test
  void shouldSendNothingMoreOnceItIsCancelled() throws IOException {
    try (Peer a = new Peer(CONFIG);
        Peer b = new Peer(CONFIG);
        DatagramSocket nobody = deaf()) {
      UdpRace race = a.transport.race(b.identity.peerId(), LONG);
      race.add(address(nobody));
      assertEquals(1, received(nobody, 200));
      race.cancel();
      assertEquals(Reason.CLOSED, StrangerTcpTest.reason(race.session()));
      race.add(b.transport.localAddress());
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
