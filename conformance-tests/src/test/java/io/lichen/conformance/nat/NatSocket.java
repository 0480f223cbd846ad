// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.conformance.child.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A plain UDP socket on a host, for tests that look at what a NAT does. */
final class NatSocket implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 2048;

  private final DatagramSocket socket;
  private final Map<String, InetSocketAddress> heard = new ConcurrentHashMap<>();

  private NatSocket(DatagramSocket socket) {
    this.socket = socket;
    Thread.ofPlatform().daemon(true).start(this::listen);
  }

  /** On the host's first address and any port. */
  static NatSocket on(Host host) {
    return on(host, host.address(), 0);
  }

  static NatSocket on(Host host, String address, int port) {
    InetSocketAddress own = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    return new NatSocket(host.call(() -> new DatagramSocket(own)));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Sends a datagram and returns its text, which no other has. */
  String send(InetSocketAddress to) {
    String text = "datagram " + NUMBER.incrementAndGet();
    byte[] octets = text.getBytes(UTF_8);
    try {
      socket.send(new DatagramPacket(octets, octets.length, to));
    } catch (IOException e) {
      // No way there: lost as any other.
    }
    return text;
  }

  /** As whom another socket sees this one. */
  InetSocketAddress seenBy(NatSocket other) {
    String text = send(other.address());
    other.await(text);
    return Objects.requireNonNull(other.heard.get(text));
  }

  /** Waits for a datagram. */
  void await(String text) {
    Waits.until("arrival of " + text + " at " + address(), LIMIT, () -> hasHeard(text));
  }

  boolean hasHeard(String text) {
    return heard.containsKey(text);
  }

  private void listen() {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
        heard.put(text, (InetSocketAddress) packet.getSocketAddress());
      } catch (SocketException e) {
        // Closed.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
