// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;

/** Nodes of a DHT, honest and others, in a network and a time of their own. */
final class DhtWorld {
  private static final long TICK_NS = 500_000_000L;
  private static final long MIN_DELAY_NS = 10_000_000L;
  private static final long MAX_DELAY_NS = 120_000_000L;

  /** What is at an address. */
  interface Receiver {
    void receive(Endpoint from, byte[] datagram);
  }

  private record Event(long atNs, long number, Runnable action) {}

  final SplittableRandom random;
  final List<Member> members = new ArrayList<>();

  /** From 0 to 1: how many datagrams get lost. */
  double loss;

  private final Map<Endpoint, Receiver> receivers = new HashMap<>();
  private final Queue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::number));
  private long nowNs;
  private long lastNumber;
  private int lastHost;

  DhtWorld(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** An honest node. */
  final class Member implements DhtHost, Receiver {
    final Endpoint endpoint;
    final Endpoint peer;
    final DhtCounters counters = new DhtCounters();
    final Set<Endpoint> found = new HashSet<>();
    final Set<Endpoint> sentTo = new HashSet<>();
    final List<Endpoint> bootstrap;
    final DhtNode node;

    private Member(NodeId infoHash, List<Endpoint> bootstrap, boolean readOnly) {
      this.endpoint = newEndpoint();
      this.peer = new Endpoint(endpoint.host(), 41_000);
      this.bootstrap = bootstrap;
      DhtSettings settings =
          new DhtSettings(infoHash, peer.port(), Duration.ofMinutes(2).toNanos(), readOnly);
      this.node = new DhtNode(settings, this, counters, random.split(), nowNs);
    }

    @Override
    public void send(Endpoint to, byte[] datagram) {
      sentTo.add(to);
      DhtWorld.this.send(endpoint, to, datagram);
    }

    @Override
    public void found(List<Endpoint> peers) {
      found.addAll(peers);
    }

    @Override
    public void needsBootstrap() {
      after(MIN_DELAY_NS, () -> node.bootstrap(bootstrap, nowNs));
    }

    @Override
    public void receive(Endpoint from, byte[] datagram) {
      node.receive(from, datagram, nowNs);
    }

    private void tick() {
      if (receivers.get(endpoint) == this) {
        node.tick(nowNs);
        after(TICK_NS, this::tick);
      }
    }

    /** It is gone without a word. */
    void crash() {
      receivers.remove(endpoint);
      members.remove(this);
    }
  }

  /** An honest node that begins with these. */
  Member join(NodeId infoHash, List<Endpoint> bootstrap) {
    return join(infoHash, bootstrap, false);
  }

  Member join(NodeId infoHash, List<Endpoint> bootstrap, boolean readOnly) {
    Member member = new Member(infoHash, bootstrap, readOnly);
    members.add(member);
    receivers.put(member.endpoint, member);
    after(random.nextLong(TICK_NS), member::tick);
    return member;
  }

  /** So many honest nodes that look for nothing in common and begin with the first of them. */
  void populate(int count) {
    for (int i = 0; i < count; i++) {
      List<Endpoint> first = members.isEmpty() ? List.of() : List.of(members.getFirst().endpoint);
      join(NodeId.random(random), first);
    }
  }

  /** Puts something at an address. */
  void put(Endpoint endpoint, Receiver receiver) {
    receivers.put(endpoint, receiver);
  }

  /** An address in a public network of 256 of its own. */
  Endpoint newEndpoint() {
    lastHost++;
    return endpoint("60." + lastHost / 256 + "." + lastHost % 256 + ".1", 6881);
  }

  static Endpoint endpoint(String host, int port) {
    return new Endpoint(Endpoint.literal(host).orElseThrow(), port);
  }

  void send(Endpoint from, Endpoint to, byte[] datagram) {
    if (random.nextDouble() < loss) {
      return;
    }
    after(
        random.nextLong(MIN_DELAY_NS, MAX_DELAY_NS),
        () -> {
          Receiver receiver = receivers.get(to);
          if (receiver != null) {
            receiver.receive(from, datagram);
          }
        });
  }

  void after(long delayNs, Runnable action) {
    events.add(new Event(nowNs + delayNs, ++lastNumber, action));
  }

  long nowNs() {
    return nowNs;
  }

  void run(Duration time) {
    long untilNs = nowNs + time.toNanos();
    for (Event next = events.peek(); next != null && next.atNs() <= untilNs; next = events.peek()) {
      events.remove();
      nowNs = next.atNs();
      next.action().run();
    }
    nowNs = untilNs;
  }
}
