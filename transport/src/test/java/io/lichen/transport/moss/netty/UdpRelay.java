// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between one dialer and a node, and sends every datagram on several times. */
final class UdpRelay implements AutoCloseable {
  final AtomicInteger passed = new AtomicInteger();

  private final DatagramSocket front;
  private final DatagramSocket back;
  private final InetSocketAddress node;
  private volatile int copies = 1;
  private volatile SocketAddress dialer;

  UdpRelay(InetSocketAddress node) throws IOException {
    this.node = node;
    this.dialer = node;
    front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> pump(front));
    Thread.ofVirtual().start(() -> pump(back));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) front.getLocalSocketAddress();
  }

  void copies(int number) {
    copies = number;
  }

  private void pump(DatagramSocket from) {
    byte[] buffer = new byte[65_536];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        from.receive(packet);
        if (from == front) {
          dialer = packet.getSocketAddress();
        }
        SocketAddress to = from == front ? node : dialer;
        DatagramSocket by = from == front ? back : front;
        for (int i = 0; i < copies; i++) {
          by.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
        }
        passed.incrementAndGet();
      }
    } catch (IOException e) {
      // The relay was closed.
    }
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
