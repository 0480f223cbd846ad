// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.nat.behaviour.BehaviourDiscovery;
import io.lichen.nat.behaviour.DiscoveryOutput;
import io.lichen.nat.behaviour.DiscoverySettings;
import io.lichen.nat.behaviour.NatBehaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs nat's behaviour discovery over a plain socket of a host. */
public final class Discovery implements DiscoveryOutput {
  private static final DiscoverySettings SETTINGS = new DiscoverySettings(3, 250_000_000L);
  private static final int MAX_BYTES = 2048;
  private static final long MS = 1_000_000;

  private final DatagramSocket socket;
  private @Nullable NatBehaviour found;

  private Discovery(DatagramSocket socket) {
    this.socket = socket;
  }

  /** What it finds from this host, asking the server. */
  public static NatBehaviour from(Host host, StunServer server) {
    List<InetSocketAddress> servers = List.of(server.socketAddress());
    return host.call(
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            return new Discovery(socket).run(host, servers);
          }
        });
  }

  private NatBehaviour run(Host host, List<InetSocketAddress> servers) throws IOException {
    List<InetAddress> local = host.addresses().stream().map(InetAddress::ofLiteral).toList();
    BehaviourDiscovery discovery =
        new BehaviourDiscovery(
            servers, local, socket.getLocalPort(), SETTINGS, new SecureRandom(), this);
    discovery.start(System.nanoTime());
    while (found == null) {
      long waitNs = discovery.nextDeadlineNs() - System.nanoTime();
      socket.setSoTimeout((int) Math.max(1, waitNs / MS));
      DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
      try {
        socket.receive(packet);
        discovery.onDatagram(
            (InetSocketAddress) packet.getSocketAddress(),
            Arrays.copyOf(packet.getData(), packet.getLength()),
            System.nanoTime());
      } catch (SocketTimeoutException e) {
        discovery.onTimer(System.nanoTime());
      }
    }
    return found;
  }

  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onDone(NatBehaviour behaviour, long nowNs) {
    found = behaviour;
  }
}
