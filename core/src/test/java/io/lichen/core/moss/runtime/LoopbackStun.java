// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.nat.stun.StunKind;
import io.lichen.nat.stun.StunMessage;
import io.lichen.nat.stun.StunWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A STUN server on a loopback address that says what a test wants. */
final class LoopbackStun implements AutoCloseable {
  final Set<InetSocketAddress> askers = ConcurrentHashMap.newKeySet();
  private final DatagramSocket socket;
  private final DatagramSocket stranger;
  private volatile UnaryOperator<InetSocketAddress> view;
  private volatile boolean spoofed;

  /**
   * Opens one.
   *
   * @param host a loopback address
   * @param view how it sees whom
   */
  LoopbackStun(String host, UnaryOperator<InetSocketAddress> view) {
    this.view = view;
    try {
      socket = new DatagramSocket(0, InetAddress.ofLiteral(host));
      stranger = new DatagramSocket(0, InetAddress.ofLiteral(host));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** From now on it sees otherwise. */
  void view(UnaryOperator<InetSocketAddress> now) {
    view = now;
  }

  /** From now on it is somebody else who answers. */
  void spoof(boolean on) {
    spoofed = on;
  }

  String address() {
    return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        answer(packet);
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void answer(DatagramPacket packet) throws IOException {
    InetSocketAddress asker = (InetSocketAddress) packet.getSocketAddress();
    StunMessage request =
        StunMessage.read(Arrays.copyOf(packet.getData(), packet.getLength())).orElseThrow();
    askers.add(asker);
    byte[] answer =
        StunWriter.of(StunKind.SUCCESS, request.transactionId())
            .mappedAddress(view.apply(asker))
            .datagram();
    (spoofed ? stranger : socket).send(new DatagramPacket(answer, answer.length, asker));
  }

  @Override
  public void close() {
    socket.close();
    stranger.close();
  }
}
