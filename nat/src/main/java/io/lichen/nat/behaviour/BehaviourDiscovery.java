// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import io.lichen.nat.stun.StunMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what lies between one UDP socket and the network outside (docs/wire/stun.md,
 * "Behaviour").
 *
 * <p>All servers are asked at once. With one that can answer from another host, filtering is tested
 * first, because the tests of the mapping send to that host, and so let it in. Without such a
 * server two others tell at least whether the mapping depends on whom one talks to.
 *
 * <p>Not thread-safe; knows no sockets and no clock.
 */
public final class BehaviourDiscovery {
  private final List<InetSocketAddress> servers;
  private final List<InetAddress> local;
  private final int localPort;
  private final Exchange exchange;
  private final DiscoveryOutput output;
  private final List<Seen> seen = new ArrayList<>();
  private final List<Seen> later = new ArrayList<>();
  private int unanswered;
  private Predicate<InetAddress> acquainted = host -> false;
  private boolean testing;
  private boolean done;

  /** How a server sees the socket; the {@code order} is that of the questions. */
  private record Seen(int order, InetSocketAddress server, InetSocketAddress mapped) {}

  /**
   * Prepares one.
   *
   * @param servers resolved, of one address family
   * @param local the addresses of this machine's interfaces, to tell whether anything is translated
   * @param localPort the port to which the socket is bound
   * @param random one whose numbers nobody guesses
   */
  public BehaviourDiscovery(
      List<InetSocketAddress> servers,
      List<InetAddress> local,
      int localPort,
      DiscoverySettings settings,
      RandomGenerator random,
      DiscoveryOutput output) {
    this.servers = List.copyOf(servers);
    this.local = List.copyOf(local);
    this.localPort = localPort;
    this.exchange = new Exchange(settings, random, output);
    this.output = output;
  }

  /**
   * Says which hosts this socket has sent to before, so that a NAT may still let them in: what
   * comes from them shows nothing about filtering, which is then left unknown. Before the start.
   */
  public void acquainted(Predicate<InetAddress> hosts) {
    acquainted = hosts;
  }

  /** Begins. */
  public void start(long nowNs) {
    unanswered = servers.size();
    if (servers.isEmpty()) {
      finish(NatBehaviour.UNKNOWN, nowNs);
    }
    for (int i = 0; i < servers.size(); i++) {
      InetSocketAddress server = servers.get(i);
      int order = i;
      exchange.ask(
          Question.to(server), nowNs, (answer, thenNs) -> onSeen(order, server, answer, thenNs));
    }
  }

  /**
   * A datagram came to the socket.
   *
   * @return whether it was for this discovery
   */
  public boolean onDatagram(InetSocketAddress from, byte[] datagram, long nowNs) {
    return exchange.onDatagram(from, datagram, nowNs);
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  public void onTimer(long nowNs) {
    exchange.onTimer(nowNs);
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} when it is done. */
  public long nextDeadlineNs() {
    return exchange.nextDeadlineNs();
  }

  /** The addresses that were seen, in the order in which they were asked for. */
  public List<InetSocketAddress> samples() {
    return Stream.concat(seen.stream().sorted(Comparator.comparingInt(Seen::order)), later.stream())
        .map(Seen::mapped)
        .toList();
  }

  private void onSeen(
      int order, InetSocketAddress server, @Nullable StunMessage answer, long nowNs) {
    unanswered--;
    InetSocketAddress mapped = answer == null ? null : answer.mappedAddress();
    if (answer != null && mapped != null) {
      seen.add(new Seen(order, server, mapped));
      InetSocketAddress other = answer.otherAddress();
      if (!testing && other != null && isElsewhere(other, server)) {
        testing = true;
        test(new Servers(server, other), mapped, nowNs);
        return;
      }
    }
    if (unanswered == 0 && !testing) {
      finish(compared(), nowNs);
    }
  }

  private static boolean isElsewhere(InetSocketAddress other, InetSocketAddress server) {
    return !other.getAddress().equals(server.getAddress())
        && other.getPort() != server.getPort()
        && other.getPort() != 0
        && !other.getAddress().isAnyLocalAddress();
  }

  /** What two servers that cannot do more tell. */
  private NatBehaviour compared() {
    if (seen.isEmpty()) {
      return NatBehaviour.UNKNOWN;
    }
    Seen first = seen.getFirst();
    if (isOwn(first.mapped)) {
      return new NatBehaviour(Mapping.NONE, Filtering.UNKNOWN, first.mapped);
    }
    List<Seen> elsewhere =
        seen.stream()
            .filter(each -> !each.server.getAddress().equals(first.server.getAddress()))
            .toList();
    boolean differs = elsewhere.stream().anyMatch(each -> !each.mapped.equals(first.mapped));
    Mapping mapping =
        elsewhere.isEmpty()
            ? Mapping.UNKNOWN
            : differs ? Mapping.ADDRESS_AND_PORT_DEPENDENT : Mapping.ENDPOINT_INDEPENDENT;
    return new NatBehaviour(mapping, Filtering.UNKNOWN, first.mapped);
  }

  private boolean isOwn(InetSocketAddress mapped) {
    return mapped.getPort() == localPort && local.contains(mapped.getAddress());
  }

  // With a server of two hosts and two ports.

  private void test(Servers server, InetSocketAddress mapped, long nowNs) {
    if (isStranger(server.second.getAddress())) {
      testFiltering(server, mapped, nowNs);
    } else {
      testMapping(server, mapped, Filtering.UNKNOWN, nowNs);
    }
  }

  private boolean isStranger(InetAddress host) {
    return !acquainted.test(host)
        && servers.stream().noneMatch(server -> server.getAddress().equals(host));
  }

  private void testFiltering(Servers server, InetSocketAddress mapped, long nowNs) {
    exchange.ask(
        new Question(server.first, server.second),
        nowNs,
        (answer, thenNs) -> {
          if (answer != null) {
            testMapping(server, mapped, Filtering.ENDPOINT_INDEPENDENT, thenNs);
          } else {
            testPortFiltering(server, mapped, thenNs);
          }
        });
  }

  private void testPortFiltering(Servers server, InetSocketAddress mapped, long nowNs) {
    exchange.ask(
        new Question(server.first, server.otherPort()),
        nowNs,
        (answer, thenNs) ->
            testMapping(
                server,
                mapped,
                answer != null ? Filtering.ADDRESS_DEPENDENT : Filtering.ADDRESS_AND_PORT_DEPENDENT,
                thenNs));
  }

  private void testMapping(
      Servers server, InetSocketAddress mapped, Filtering filtering, long nowNs) {
    if (isOwn(mapped)) {
      finish(new NatBehaviour(Mapping.NONE, filtering, mapped), nowNs);
      return;
    }
    exchange.ask(
        Question.to(server.otherHost()),
        nowNs,
        (answer, thenNs) -> {
          InetSocketAddress there = noted(server.otherHost(), answer);
          if (there == null) {
            finish(new NatBehaviour(compared().mapping(), filtering, mapped), thenNs);
          } else if (there.equals(mapped)) {
            finish(new NatBehaviour(Mapping.ENDPOINT_INDEPENDENT, filtering, mapped), thenNs);
          } else {
            testPortMapping(server, mapped, there, filtering, thenNs);
          }
        });
  }

  private void testPortMapping(
      Servers server,
      InetSocketAddress mapped,
      InetSocketAddress there,
      Filtering filtering,
      long nowNs) {
    exchange.ask(
        Question.to(server.second),
        nowNs,
        (answer, thenNs) -> {
          boolean same = there.equals(noted(server.second, answer));
          Mapping mapping = same ? Mapping.ADDRESS_DEPENDENT : Mapping.ADDRESS_AND_PORT_DEPENDENT;
          finish(new NatBehaviour(mapping, filtering, mapped), thenNs);
        });
  }

  private @Nullable InetSocketAddress noted(
      InetSocketAddress server, @Nullable StunMessage answer) {
    InetSocketAddress mapped = answer == null ? null : answer.mappedAddress();
    if (mapped != null) {
      later.add(new Seen(servers.size() + later.size(), server, mapped));
    }
    return mapped;
  }

  private void finish(NatBehaviour behaviour, long nowNs) {
    if (!done) {
      done = true;
      exchange.stop();
      output.onDone(behaviour, nowNs);
    }
  }

  /** The addresses of one server. */
  private record Servers(InetSocketAddress first, InetSocketAddress second) {
    InetSocketAddress otherHost() {
      return new InetSocketAddress(second.getAddress(), first.getPort());
    }

    InetSocketAddress otherPort() {
      return new InetSocketAddress(first.getAddress(), second.getPort());
    }
  }
}
