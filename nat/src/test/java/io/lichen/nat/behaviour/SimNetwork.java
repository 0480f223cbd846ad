// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import io.lichen.nat.stun.StunKind;
import io.lichen.nat.stun.StunMessage;
import io.lichen.nat.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One socket behind a NAT, and STUN servers, in virtual time. */
final class SimNetwork implements DiscoveryOutput {
  static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.2", 5000);
  static final InetSocketAddress FIRST = new InetSocketAddress("192.0.2.1", 3478);
  static final InetSocketAddress SECOND = new InetSocketAddress("192.0.2.2", 3479);
  static final InetSocketAddress PLAIN = new InetSocketAddress("198.51.100.7", 3478);
  static final InetSocketAddress OTHER_PLAIN = new InetSocketAddress("198.51.100.8", 3478);
  private static final long WAY_NS = 20_000_000L;

  private record Event(long atNs, long order, Runnable happens) {}

  private final NatModel nat;
  private final Random random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::order));
  private final List<InetSocketAddress> sentTo = new ArrayList<>();
  private double loss;
  private long orders;
  private @Nullable InetAddress acquainted;
  private long nowNs;
  private @Nullable BehaviourDiscovery discovery;
  private @Nullable NatBehaviour found;

  SimNetwork(NatModel nat, Random random) {
    this.nat = nat;
    this.random = random;
  }

  SimNetwork withLoss(double probability) {
    loss = probability;
    return this;
  }

  /** The socket has sent something to this host before. */
  SimNetwork withAcquainted(InetAddress host) {
    acquainted = host;
    return this;
  }

  /** What is found out with these servers. */
  NatBehaviour discover(DiscoverySettings settings, List<InetSocketAddress> servers) {
    discovery =
        new BehaviourDiscovery(
            servers, List.of(INSIDE.getAddress()), INSIDE.getPort(), settings, random, this);
    discovery.acquainted(host -> host.equals(acquainted));
    discovery.start(nowNs);
    while (found == null) {
      long deadlineNs = discovery.nextDeadlineNs();
      Event next = events.peek();
      if (next != null && next.atNs <= deadlineNs) {
        events.remove();
        nowNs = next.atNs;
        next.happens.run();
      } else {
        nowNs = deadlineNs;
        discovery.onTimer(nowNs);
      }
    }
    return found;
  }

  /** Where datagrams went, in order. */
  List<InetSocketAddress> sentTo() {
    return sentTo;
  }

  long nowNs() {
    return nowNs;
  }

  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    sentTo.add(to);
    InetSocketAddress external = nat.out(to);
    later(() -> serve(external, to, datagram));
  }

  @Override
  public void onDone(NatBehaviour behaviour, long doneNs) {
    found = behaviour;
  }

  private void serve(InetSocketAddress client, InetSocketAddress at, byte[] datagram) {
    StunMessage request = StunMessage.read(datagram).orElseThrow();
    boolean knowsMore = isOfFirst(at.getAddress());
    InetSocketAddress from =
        new InetSocketAddress(
            request.changesHost() ? otherThan(at.getAddress()) : at.getAddress(),
            request.changesPort() ? otherThan(at.getPort()) : at.getPort());
    StunWriter answer =
        StunWriter.of(StunKind.SUCCESS, request.transactionId()).mappedAddress(client);
    if (knowsMore) {
      answer.otherAddress(
          new InetSocketAddress(otherThan(at.getAddress()), otherThan(at.getPort())));
    }
    deliver(from, client, answer.datagram());
  }

  /** Lets anybody send something to the socket. */
  void deliver(InetSocketAddress from, InetSocketAddress external, byte[] datagram) {
    later(
        () -> {
          if (discovery != null && nat.letsIn(from, external)) {
            discovery.onDatagram(from, datagram, nowNs);
          }
        });
  }

  private static boolean isOfFirst(InetAddress host) {
    return host.equals(FIRST.getAddress()) || host.equals(SECOND.getAddress());
  }

  private static InetAddress otherThan(InetAddress host) {
    return host.equals(FIRST.getAddress()) ? SECOND.getAddress() : FIRST.getAddress();
  }

  private static int otherThan(int port) {
    return port == FIRST.getPort() ? SECOND.getPort() : FIRST.getPort();
  }

  private void later(Runnable happens) {
    if (random.nextDouble() >= loss) {
      events.add(new Event(nowNs + WAY_NS, orders++, happens));
    }
  }
}
