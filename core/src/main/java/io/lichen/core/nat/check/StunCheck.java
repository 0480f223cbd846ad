// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.check;

import io.lichen.core.nat.mapping.UdpEnd;
import io.lichen.nat.behaviour.BehaviourDiscovery;
import io.lichen.nat.behaviour.DiscoveryOutput;
import io.lichen.nat.behaviour.DiscoverySettings;
import io.lichen.nat.behaviour.NatBehaviour;
import io.lichen.nat.stun.StunMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at one UDP socket with the help of STUN servers. Waits; one use. */
final class StunCheck implements DiscoveryOutput {
  private static final int SENDS = 4;

  private final UdpEnd socket;
  private final BehaviourDiscovery discovery;
  private final Map<InetSocketAddress, InetSocketAddress> seen = new LinkedHashMap<>();
  private @Nullable NatBehaviour found;

  /**
   * Prepares it.
   *
   * @param servers resolved, IPv4
   * @param local the addresses of this machine
   * @param wait for all answers to one question
   */
  StunCheck(
      UdpEnd socket, List<InetSocketAddress> servers, List<InetAddress> local, Duration wait) {
    this.socket = socket;
    this.discovery =
        new BehaviourDiscovery(
            servers,
            local,
            socket.localPort(),
            new DiscoverySettings(SENDS, Math.max(1, wait.toNanos() / SENDS)),
            new SecureRandom(),
            this);
  }

  /** Finds out what there is to be found out. */
  NatBehaviour run() throws IOException, InterruptedException {
    discovery.start(System.nanoTime());
    while (found == null) {
      UdpEnd.Received received = socket.receive(discovery.nextDeadlineNs() - System.nanoTime());
      if (received != null
          && discovery.onDatagram(received.from(), received.octets(), System.nanoTime())) {
        note(received);
      }
      discovery.onTimer(System.nanoTime());
    }
    return found;
  }

  private void note(UdpEnd.Received received) {
    InetSocketAddress mapped =
        StunMessage.read(received.octets()).map(StunMessage::mappedAddress).orElse(null);
    if (mapped != null) {
      seen.putIfAbsent(received.from(), mapped);
    }
  }

  /** How a server saw the socket; {@code null} if it did not answer. */
  @Nullable InetSocketAddress seenBy(InetSocketAddress server) {
    return seen.get(server);
  }

  /** How the servers saw it that answered first, in their order. */
  List<InetSocketAddress> samples() {
    return discovery.samples();
  }

  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    socket.send(datagram, to);
  }

  @Override
  public void onDone(NatBehaviour behaviour, long nowNs) {
    found = behaviour;
  }
}
