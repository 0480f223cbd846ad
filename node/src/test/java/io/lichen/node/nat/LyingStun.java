// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.nat;

import io.lichen.nat.stun.StunKind;
import io.lichen.nat.stun.StunMessage;
import io.lichen.nat.stun.StunWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;

/** A STUN server on the loopback that says everybody comes from one address. */
final class LyingStun implements AutoCloseable {
  private final DatagramSocket socket;
  private final InetSocketAddress told;

  LyingStun(String host, String told, int toldPort) throws IOException {
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
    this.told = new InetSocketAddress(InetAddress.ofLiteral(told), toldPort);
    Thread.ofVirtual().start(this::serve);
  }

  String address() {
    return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (true) {
        socket.receive(packet);
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        StunMessage request = StunMessage.read(datagram).orElseThrow();
        byte[] answer =
            StunWriter.of(StunKind.SUCCESS, request.transactionId()).mappedAddress(told).datagram();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
