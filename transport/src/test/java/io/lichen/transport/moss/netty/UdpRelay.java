// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one dialer and a node as a NAT does, and sends every datagram on several times.
 */
final class UdpRelay implements AutoCloseable {
  final AtomicInteger passed = new AtomicInteger();

  private final DatagramSocket front;
  private volatile DatagramSocket back;
  private final InetSocketAddress node;
  private volatile int copies = 1;
  private volatile SocketAddress dialer;
  private volatile @Nullable DatagramSocket listener;

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

  /** As whom the node sees the dialer. */
  InetSocketAddress outside() {
    return (InetSocketAddress) back.getLocalSocketAddress();
  }

  /** Forgets the dialer: the node sees it elsewhere from now on, and reaches it there only. */
  void forget() throws IOException {
    DatagramSocket former = back;
    DatagramSocket next = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> pump(next));
    back = next;
    former.close();
  }

  /** Somebody on the way to the node sends on what it hears, from elsewhere, and is quicker. */
  void overhear(@Nullable DatagramSocket by) {
    listener = by;
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
        pass(packet, from == front);
      }
    } catch (IOException e) {
      // The relay was closed, or has forgotten this socket.
    }
  }

  private void pass(DatagramPacket packet, boolean isOut) {
    if (isOut) {
      dialer = packet.getSocketAddress();
    }
    SocketAddress to = isOut ? node : dialer;
    DatagramSocket by = isOut ? back : front;
    DatagramSocket quicker = listener;
    try {
      if (quicker != null && isOut) {
        quicker.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
      }
      for (int i = 0; i < copies; i++) {
        by.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
      }
      passed.incrementAndGet();
    } catch (IOException e) {
      // Forgotten just now: this one is lost, those that follow find the new socket.
    }
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
