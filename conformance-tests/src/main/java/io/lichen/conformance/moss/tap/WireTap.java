// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.tap;

import io.lichen.conformance.tap.UdpRelay;
import io.lichen.conformance.tap.Way;
import io.lichen.transport.moss.HandshakeMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a dialer and a listener, on one port for TCP and UDP as a node does, so that a
 * test sees which handshake the dialer chose: from outside, both end in the same session. It can
 * also change its target under the dialer.
 */
public final class WireTap implements AutoCloseable {
  private static final int BIND_ROUNDS = 64;

  private final List<HandshakeMode> modes = new CopyOnWriteArrayList<>();
  private final ServerSocket tcp;
  private final TcpRelay tcpRelay;
  private final UdpRelay udpRelay;
  private volatile long holdFirstAnswerMs;

  /**
   * Opens a tap without a target.
   *
   * @param datagrams what makes a datagram readable in the era at hand
   */
  public WireTap(DatagramReader datagrams) {
    try {
      Sockets sockets = Sockets.open();
      this.tcp = sockets.tcp;
      this.tcpRelay = new TcpRelay(sockets.tcp, this::note);
      InitWatch watch = new InitWatch(datagrams, this::note);
      this.udpRelay = new UdpRelay(sockets.udp, watch, this::answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to dial. */
  public String address() {
    return "127.0.0.1:" + tcp.getLocalPort();
  }

  /** From now on everything new goes to this port of loopback; connections that stand stay. */
  public void carryTo(int port) {
    InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    tcpRelay.target(target);
    udpRelay.target(target);
  }

  /** From now on datagrams go to this port of loopback, and new connections are closed unread. */
  public void carryDatagramsTo(int port) {
    tcpRelay.target(null);
    udpRelay.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** The first datagram to each dialer that comes from now on is kept back for so long. */
  public void holdFirstAnswer(Duration time) {
    holdFirstAnswerMs = time.toMillis();
  }

  /** The handshakes that were begun through the tap, in order; repeats of a datagram count once. */
  public List<HandshakeMode> handshakes() {
    return List.copyOf(modes);
  }

  /** Forgets the handshakes so far. */
  public void clearHandshakes() {
    modes.clear();
  }

  @Override
  public void close() {
    tcpRelay.close();
    udpRelay.close();
  }

  private Way answers() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    return (datagram, onward) -> {
      if (isFirst.getAndSet(false)) {
        LockSupport.parkNanos(1_000_000 * holdFirstAnswerMs);
      }
      onward.accept(datagram);
    };
  }

  private void note(int octet) {
    for (HandshakeMode mode : HandshakeMode.values()) {
      if (mode.octet() == octet) {
        modes.add(mode);
      }
    }
  }

  /** A TCP and a UDP socket with the same free port number. */
  private record Sockets(ServerSocket tcp, DatagramSocket udp) {
    static Sockets open() throws IOException {
      InetAddress host = InetAddress.getLoopbackAddress();
      for (int round = 1; ; round++) {
        ServerSocket tcp = new ServerSocket(0, 16, host);
        try {
          return new Sockets(
              tcp, new DatagramSocket(new InetSocketAddress(host, tcp.getLocalPort())));
        } catch (BindException e) {
          tcp.close();
          if (round == BIND_ROUNDS) {
            throw e;
          }
        }
      }
    }
  }
}
