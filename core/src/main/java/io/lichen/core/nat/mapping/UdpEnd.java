// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket on a virtual thread: an interrupt ends its wait, and closes it. */
public final class UdpEnd implements AutoCloseable {
  /** Answers of SSDP and of the port mapping protocols are shorter. */
  private static final int MAX_BYTES = 2048;

  private static final Logger LOG = LoggerFactory.getLogger(UdpEnd.class);

  /** What came. */
  public record Received(InetSocketAddress from, byte[] octets) {}

  private final DatagramSocket socket;

  private UdpEnd(DatagramSocket socket) {
    this.socket = socket;
  }

  /** One at an address of this machine, at any port. */
  public static UdpEnd bound(InetAddress local) throws SocketException {
    return new UdpEnd(new DatagramSocket(new InetSocketAddress(local, 0)));
  }

  /** One that hears nobody but one far end. */
  static UdpEnd connected(InetAddress local, InetSocketAddress far) throws SocketException {
    UdpEnd end = bound(local);
    try {
      end.socket.connect(far);
      return end;
    } catch (SocketException e) {
      end.close();
      throw e;
    }
  }

  <T> void option(SocketOption<T> name, T value) throws IOException {
    socket.setOption(name, value);
  }

  /** Sends; what the system refuses is lost, like what the network loses. */
  public void send(byte[] octets, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(octets, octets.length, to));
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("Not sent to {}", to, e);
    }
  }

  /**
   * Waits for a datagram.
   *
   * @return {@code null} if none comes in time
   * @throws java.net.PortUnreachableException if the far end says that nobody is there
   */
  public @Nullable Received receive(long limitNs) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    // 0 would wait for ever.
    long limitMs = Math.clamp(TimeUnit.NANOSECONDS.toMillis(limitNs), 1, Integer.MAX_VALUE);
    DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
    try {
      socket.setSoTimeout((int) limitMs);
      socket.receive(packet);
      return new Received(
          (InetSocketAddress) packet.getSocketAddress(),
          Arrays.copyOf(packet.getData(), packet.getLength()));
    } catch (SocketTimeoutException e) {
      return null;
    } catch (SocketException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw e;
    }
  }

  /** The port to which it is bound. */
  public int localPort() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    socket.close();
  }
}
