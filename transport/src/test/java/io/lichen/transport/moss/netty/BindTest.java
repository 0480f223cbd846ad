// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One port for TCP and UDP, and what happens when it is taken. */
class BindTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static MossTransportConfig at(Era era, int port) {
    return Configs.bind(Configs.of(era), new InetSocketAddress(LOOPBACK, port));
  }

  @Test
  void shouldServeBothCarriersOnOnePort() throws IOException {
    try (Peer peer = new Peer(Configs.of(Era.C))) {
      int port = peer.transport.localAddress().getPort();

      assertTrue(port > 0);
      assertTrue(peer.transport.listensOnTcp());
      assertThrows(IOException.class, () -> new ServerSocket(port, 1, LOOPBACK).close());
      assertThrows(IOException.class, () -> new DatagramSocket(port, LOOPBACK).close());
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenItOnlyLoads() {
    MossTransport.load();
    awaitEnd("lichen-load");
  }

  @Test
  void shouldFreeThePortAndEndItsThreads() throws IOException {
    Peer peer = new Peer(Configs.of(Era.C));
    int port = peer.transport.localAddress().getPort();
    peer.transport.close();
    peer.transport.close();

    new ServerSocket(port, 1, LOOPBACK).close();
    new DatagramSocket(port, LOOPBACK).close();
    assertEquals(port, peer.transport.localAddress().getPort());
    awaitEnd("lichen-moss");
  }

  /** A loop says that it has ended a moment before its thread does. */
  private static void awaitEnd(String threads) {
    Await.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(threads)));
  }

  @Test
  void shouldFailWhenTheUdpPortIsTaken() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
      for (Era era : Era.values()) {
        assertEquals(TransportException.Reason.BIND_FAILED, failure(at(era, taken.getLocalPort())));
      }
    }
  }

  /** Free for UDP at least just now: others on this machine have such ports, too. */
  private static ServerSocket takenForTcpAlone() throws IOException {
    while (true) {
      ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
      try {
        new DatagramSocket(taken.getLocalPort(), LOOPBACK).close();
        return taken;
      } catch (BindException e) {
        taken.close();
      }
    }
  }

  @Test
  void shouldGoWithoutTcpInEraCOnlyWhenItsPortIsTaken() throws IOException {
    try (ServerSocket taken = takenForTcpAlone()) {
      assertEquals(TransportException.Reason.BIND_FAILED, failure(at(Era.A, taken.getLocalPort())));
      try (Peer peer = new Peer(at(Era.C, taken.getLocalPort()));
          Peer other = new Peer(Configs.of(Era.C))) {
        assertFalse(peer.transport.listensOnTcp());
        MossSession session = other.dial(peer.transport, Carrier.UDP);
        assertEquals(peer.identity.peerId(), session.remoteId());
      }
    }
  }

  @Test
  void shouldListenOnIpv6WhenTold() throws IOException {
    InetAddress six = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(six) != null, "no IPv6 loopback");
    MossTransportConfig config = Configs.bind(Configs.of(Era.C), new InetSocketAddress(six, 0));
    try (Peer a = new Peer(config);
        Peer b = new Peer(config)) {
      for (Carrier carrier : List.of(Carrier.TCP, Carrier.UDP)) {
        MossSession there = a.dial(b.transport, carrier);
        InetSocketAddress seen = b.accepted().remoteAddress();
        assertEquals("0:0:0:0:0:0:0:1", seen.getAddress().getHostAddress());
        assertEquals(carrier, there.carrier());
        assertEquals(
            carrier == Carrier.UDP,
            !there.observe(Duration.ofSeconds(5)).isCompletedExceptionally());
      }
    }
  }

  private static TransportException.Reason failure(MossTransportConfig config) {
    return assertThrows(TransportException.class, () -> new Peer(config).close()).reason();
  }
}
