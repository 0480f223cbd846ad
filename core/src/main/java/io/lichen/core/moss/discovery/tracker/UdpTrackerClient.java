// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import io.lichen.core.moss.discovery.CompactPeers;
import io.lichen.core.moss.discovery.tracker.UdpExchange.Connection;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Announces over UDP (docs/wire/moss-discovery.md, "UDP trackers"): a socket for each announce,
 * connected to the tracker so that nobody else is heard.
 */
public final class UdpTrackerClient implements TrackerClient {
  private static final long FIRST_WAIT_NS = 1_000_000_000L;
  private static final int DEFAULT_PORT = 80;

  private final SecureRandom random = new SecureRandom();

  /** One for each tracker of the configuration at most. */
  private final Map<URI, Connection> connections = new ConcurrentHashMap<>();

  @Override
  public AnnounceResponse announce(URI tracker, AnnounceRequest request, Duration timeout)
      throws TrackerException, InterruptedException {
    InetSocketAddress address = resolve(tracker);
    int hostBytes =
        address.getAddress() instanceof Inet4Address
            ? CompactPeers.IPV4_BYTES
            : CompactPeers.IPV6_BYTES;
    long nowNs = System.nanoTime();
    UdpExchange exchange =
        new UdpExchange(request, connections.get(tracker), hostBytes, random, nowNs);
    try (DatagramChannel channel = DatagramChannel.open()) {
      DatagramSocket socket = channel.socket();
      socket.connect(address);
      return exchange(exchange, socket, nowNs + timeout.toNanos());
    } catch (SocketTimeoutException e) {
      throw new TrackerException("no answer within " + timeout.toMillis() + " ms", e);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while announcing");
      }
      throw new TrackerException("the tracker cannot be asked: " + e, e);
    } finally {
      remember(tracker, exchange.connection());
    }
  }

  private void remember(URI tracker, Optional<Connection> connection) {
    connection.ifPresentOrElse(
        known -> connections.put(tracker, known), () -> connections.remove(tracker));
  }

  private static AnnounceResponse exchange(
      UdpExchange exchange, DatagramSocket socket, long deadlineNs)
      throws IOException, TrackerException {
    long waitNs = FIRST_WAIT_NS;
    while (true) {
      send(socket, exchange.packet());
      long againNs = System.nanoTime() + waitNs;
      boolean last = deadlineNs - againNs <= 0;
      if (answered(exchange, socket, last ? deadlineNs : againNs)) {
        waitNs = FIRST_WAIT_NS;
      } else if (last) {
        throw new SocketTimeoutException();
      } else {
        waitNs *= 2;
      }
      Optional<AnnounceResponse> response = exchange.response();
      if (response.isPresent()) {
        return response.get();
      }
    }
  }

  private static void send(DatagramSocket socket, byte[] packet) throws IOException {
    socket.send(new DatagramPacket(packet, packet.length));
  }

  /** Waits until an answer has come, or this time. */
  private static boolean answered(UdpExchange exchange, DatagramSocket socket, long untilNs)
      throws IOException, TrackerException {
    byte[] buffer = new byte[UdpAnnounceCodec.MAX_ANSWER_BYTES];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    for (long leftNs = untilNs - System.nanoTime();
        leftNs > 0;
        leftNs = untilNs - System.nanoTime()) {
      socket.setSoTimeout((int) (leftNs / 1_000_000) + 1);
      packet.setLength(buffer.length);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return false;
      }
      byte[] received = Arrays.copyOf(buffer, packet.getLength());
      if (exchange.receive(received, System.nanoTime())) {
        return true;
      }
    }
    return false;
  }

  /** Announces carry IPv4 only where IPv4 carries them, and natives listen there. */
  private static InetSocketAddress resolve(URI tracker) throws TrackerException {
    String host = tracker.getHost();
    if (host == null) {
      throw new TrackerException("no host in the tracker's URL " + tracker);
    }
    int port = tracker.getPort() < 0 ? DEFAULT_PORT : tracker.getPort();
    try {
      InetAddress[] all = InetAddress.getAllByName(host);
      InetAddress best =
          Arrays.stream(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
      return new InetSocketAddress(best, port);
    } catch (UnknownHostException e) {
      throw new TrackerException("no address for the tracker's host " + host, e);
    }
  }

  @Override
  public void close() {
    connections.clear();
  }
}
