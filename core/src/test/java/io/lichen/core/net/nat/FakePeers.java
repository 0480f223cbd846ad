// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.path.Openness;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Peers as an engine knows them, and what it sends to whom. */
final class FakePeers implements NatPeers, NatOutput {
  static final long MS = 1_000_000L;

  /** One event to a peer. */
  record Sent(long peer, int subprotocol, byte[] event) {
    Rendezvous message() {
      try {
        return Rendezvous.decode(Unpooled.wrappedBuffer(event));
      } catch (NetWireException e) {
        throw new AssertionError("the engine sends what is none", e);
      }
    }
  }

  final Map<Long, InetSocketAddress> direct = new LinkedHashMap<>();
  final Map<Long, InetSocketAddress> announced = new HashMap<>();
  final Map<Long, Openness> openness = new HashMap<>();
  final Map<Long, Integer> portSteps = new HashMap<>();
  final Set<Long> predicting = new HashSet<>();
  final List<Sent> sent = new ArrayList<>();
  final List<InetSocketAddress> plain = new ArrayList<>();

  /** A peer at a host of 198.51.100.0/24, on port 4000. */
  FakePeers with(long node) {
    direct.put(node, host((int) node));
    return this;
  }

  static InetSocketAddress host(int last) {
    return new InetSocketAddress("198.51.100." + last, 4000);
  }

  /** A NAT that gives out ports in order, seen at this address last. */
  static OwnPorts portsAfter(InetSocketAddress newest, int step) {
    OwnPorts ports = new OwnPorts(true);
    ports.learn(
        Map.of(
            1L, new InetSocketAddress(newest.getAddress(), newest.getPort() - step), 2L, newest));
    return ports;
  }

  /** The rendezvous messages to a peer, which are taken. */
  List<Rendezvous> takeTo(long peer) {
    List<Sent> to =
        sent.stream()
            .filter(s -> s.peer() == peer && s.subprotocol() == SubprotocolIds.RENDEZVOUS)
            .toList();
    sent.removeAll(to);
    return to.stream().map(Sent::message).toList();
  }

  @Override
  public @Nullable InetSocketAddress direct(long node) {
    return direct.get(node);
  }

  @Override
  public List<Long> direct() {
    return List.copyOf(direct.keySet());
  }

  @Override
  public @Nullable InetSocketAddress announced(long node) {
    return announced.get(node);
  }

  @Override
  public Openness openness(long node) {
    return openness.getOrDefault(node, Openness.UNKNOWN);
  }

  @Override
  public int portStep(long node) {
    return portSteps.getOrDefault(node, 0);
  }

  @Override
  public boolean predictsPorts(long node) {
    return predicting.contains(node);
  }

  @Override
  public boolean send(long peer, int subprotocol, byte[] event) {
    if (direct.containsKey(peer)) {
      sent.add(new Sent(peer, subprotocol, event));
    }
    return direct.containsKey(peer);
  }

  @Override
  public void sendPlain(InetSocketAddress to, byte[] datagram) {
    plain.add(to);
  }
}
