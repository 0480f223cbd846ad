// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.tap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries datagrams, with a socket towards the listener for each dialer, as a NAT would. */
public final class UdpRelay implements AutoCloseable {
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;
  private static final int MAX_DATAGRAM_BYTES = 64 * 1024;

  private final DatagramSocket front;
  private final Way towardsListener;
  private final Supplier<Way> towardsDialer;
  private final Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
  private volatile @Nullable InetSocketAddress target;

  /**
   * Starts to carry once it has a target.
   *
   * @param front where dialers send to; closed with the relay
   * @param towardsListener carries what all dialers send
   * @param towardsDialer makes what carries the answers, for each dialer one
   */
  public UdpRelay(DatagramSocket front, Way towardsListener, Supplier<Way> towardsDialer) {
    this.front = front;
    this.towardsListener = towardsListener;
    this.towardsDialer = towardsDialer;
    enlargeBuffer(front);
    Thread.ofPlatform().daemon(true).start(this::forward);
  }

  /** A relay on a free port of loopback. */
  public static UdpRelay open(Way towardsListener, Supplier<Way> towardsDialer) {
    return new UdpRelay(loopback(), towardsListener, towardsDialer);
  }

  /** {@code host:port} to dial. */
  public String address() {
    return "127.0.0.1:" + front.getLocalPort();
  }

  /** From now on everything goes there; with {@code null} it is lost. */
  public void target(@Nullable InetSocketAddress address) {
    target = address;
  }

  @Override
  public void close() {
    front.close();
    backs.values().forEach(DatagramSocket::close);
  }

  private void forward() {
    receiveAll(
        front,
        (datagram, from) -> {
          InetSocketAddress to = target;
          if (to != null) {
            DatagramSocket back = backs.computeIfAbsent(from, this::open);
            towardsListener.carry(datagram, octets -> send(back, octets, to));
          }
        });
  }

  private DatagramSocket open(SocketAddress dialer) {
    DatagramSocket back = loopback();
    enlargeBuffer(back);
    Way way = towardsDialer.get();
    Thread.ofPlatform()
        .daemon(true)
        .start(
            () ->
                receiveAll(
                    back,
                    (datagram, from) ->
                        way.carry(datagram, octets -> send(front, octets, dialer))));
    return back;
  }

  private static void receiveAll(DatagramSocket socket, Arrival arrival) {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MAX_DATAGRAM_BYTES);
        socket.receive(packet);
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        arrival.take(datagram, packet.getSocketAddress());
      } catch (IOException e) {
        // Closed, or nobody listens there: a datagram is lost.
      }
    }
  }

  private static void send(DatagramSocket socket, byte[] datagram, SocketAddress to) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, to));
    } catch (IOException e) {
      // Closed, or nobody listens there: a datagram is lost.
    }
  }

  private static DatagramSocket loopback() {
    try {
      return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void enlargeBuffer(DatagramSocket socket) {
    try {
      socket.setReceiveBufferSize(BUFFER_BYTES);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a datagram with its sender. */
  private interface Arrival {
    void take(byte[] datagram, SocketAddress from) throws IOException;
  }
}
