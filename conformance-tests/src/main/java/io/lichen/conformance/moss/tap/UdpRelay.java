// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.tap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Carries datagrams, a socket towards the listener for each dialer, as a NAT would. */
final class UdpRelay implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final int KIND_INIT = 1;

  private final DatagramSocket front;
  private final DatagramReader reader;
  private final IntConsumer modeOctet;
  private final Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
  private volatile @Nullable InetSocketAddress target;
  private volatile long holdFirstAnswerMs;
  private byte[] lastInit = {};

  UdpRelay(DatagramSocket front, DatagramReader reader, IntConsumer modeOctet)
      throws SocketException {
    this.front = front;
    this.reader = reader;
    this.modeOctet = modeOctet;
    front.setReceiveBufferSize(BUFFER_BYTES);
    Thread.ofPlatform().daemon(true).start(this::forward);
  }

  void target(@Nullable InetSocketAddress address) {
    target = address;
  }

  /** Keeps back the first datagram to each dialer that comes from now on. */
  void holdFirstAnswer(Duration time) {
    holdFirstAnswerMs = time.toMillis();
  }

  @Override
  public void close() {
    front.close();
    backs.values().forEach(DatagramSocket::close);
  }

  private void forward() {
    DatagramPacket packet = new DatagramPacket(new byte[64 * 1024], 64 * 1024);
    while (!front.isClosed()) {
      try {
        packet.setLength(64 * 1024);
        front.receive(packet);
        InetSocketAddress to = target;
        if (to != null) {
          note(Arrays.copyOf(packet.getData(), packet.getLength()));
          DatagramSocket back = backs.computeIfAbsent(packet.getSocketAddress(), this::open);
          back.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
        }
      } catch (IOException e) {
        // Closed, or the listener is not there: a datagram is lost.
      }
    }
  }

  private void note(byte[] datagram) {
    reader
        .read(datagram)
        .filter(content -> content.kind() == KIND_INIT && content.payload().length > 0)
        .map(DatagramReader.Content::payload)
        .filter(init -> !Arrays.equals(init, lastInit))
        .ifPresent(
            init -> {
              lastInit = init;
              modeOctet.accept(init[0]);
            });
  }

  private DatagramSocket open(SocketAddress dialer) {
    try {
      DatagramSocket back =
          new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      back.setReceiveBufferSize(BUFFER_BYTES);
      Thread.ofPlatform().daemon(true).start(() -> backward(back, dialer));
      return back;
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void backward(DatagramSocket back, SocketAddress dialer) {
    DatagramPacket packet = new DatagramPacket(new byte[64 * 1024], 64 * 1024);
    boolean first = true;
    while (!back.isClosed()) {
      try {
        packet.setLength(64 * 1024);
        back.receive(packet);
        if (first) {
          first = false;
          LockSupport.parkNanos(1_000_000 * holdFirstAnswerMs);
        }
        front.send(new DatagramPacket(packet.getData(), packet.getLength(), dialer));
      } catch (IOException e) {
        // Closed, or nobody listens: a datagram is lost.
      }
    }
  }
}
