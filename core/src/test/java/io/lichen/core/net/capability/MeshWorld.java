// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static java.util.Objects.requireNonNull;

import io.lichen.core.net.route.MeshRouting;
import io.lichen.core.net.route.RouteOutput;
import io.lichen.core.net.route.RouteSettings;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Nodes with routing and announcements and nothing else, joined by links that lose and delay, in a
 * time of their own. The seed is printed by what fails.
 */
final class MeshWorld {
  static final long MS_NS = 1_000_000L;
  static final long SECOND_NS = 1000 * MS_NS;
  private static final long UNIX_NS = 1_700_000_000_000_000_000L;
  private static final int MAX_WALK = 32;

  private record Event(long atNs, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return atNs != other.atNs
          ? Long.compare(atNs, other.atNs)
          : Long.compare(number, other.number);
    }
  }

  /** One node, in one of its lives. */
  final class Node implements RouteOutput, AnnouncementOutput {
    final int number;
    final EntityKeyPair keys;
    final long id;
    final InetSocketAddress address;
    final Set<Node> links = new HashSet<>();
    final Map<Long, EntityId> pins = new HashMap<>();
    MeshRouting routing;
    AnnouncementEngine announcements;
    boolean isDead;
    long wavesSent;
    private long wakeNs = Long.MAX_VALUE;

    @SuppressWarnings("this-escape")
    private Node(int number) {
      this.number = number;
      this.keys = keys(number);
      this.id = keys.id().nodeId();
      this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1024 + number);
      this.routing = newRouting();
      this.announcements = newAnnouncements();
    }

    /** Forgets everything, as a process that starts again; its clock has gone on. */
    void restart() {
      for (Node other : List.copyOf(links)) {
        unlink(this, other);
        other.routing.peerDown(id, nowNs);
        other.announcements.peerDown(id);
      }
      pins.clear();
      routing = newRouting();
      announcements = newAnnouncements();
    }

    void announce(String tag) {
      announcements.announce(CapabilitySet.builder().tag(tag).build(), nowNs, unixNs());
      wake();
    }

    List<Long> find(String tag) {
      return announcements.index().find(CapabilityFilter.ofTags(tag), ScopeFilter.ANY, nowNs);
    }

    private MeshRouting newRouting() {
      return new MeshRouting(id, RouteSettings.defaults(), this, nowNs, unixNs() / 1000);
    }

    private AnnouncementEngine newAnnouncements() {
      return new AnnouncementEngine(keys, AnnouncementSettings.defaults(), this, nowNs, unixNs());
    }

    /** Sees to it that what is due will be done. */
    private void wake() {
      long next =
          Math.max(nowNs, Math.min(routing.nextDeadlineNs(), announcements.nextDeadlineNs()));
      if (!isDead && next < wakeNs) {
        wakeNs = next;
        at(next, this::onTimer);
      }
    }

    private void onTimer() {
      if (isDead || wakeNs > nowNs) {
        return;
      }
      wakeNs = Long.MAX_VALUE;
      routing.onTimer(nowNs, unixNs() / 1000);
      announcements.onTimer(nowNs, unixNs());
      wake();
    }

    private void receive(Runnable what) {
      if (!isDead) {
        what.run();
        wake();
      }
    }

    @Override
    public void sendPingwave(InetSocketAddress to, byte[] pingwave) {
      wavesSent++;
      Node peer = requireNonNull(byAddress.get(to));
      carry(
          this,
          peer,
          () ->
              peer.routing.onPlain(
                  address, Unpooled.wrappedBuffer(pingwave), nowNs, unixNs() / 1000));
    }

    @Override
    public void sendWithdrawal(long peerId, byte[] event) {
      Node peer = requireNonNull(byId.get(peerId));
      carry(this, peer, () -> peer.routing.onWithdrawal(id, Unpooled.wrappedBuffer(event), nowNs));
    }

    @Override
    public void send(long peerId, byte[] announcement) {
      Node peer = requireNonNull(byId.get(peerId));
      carry(
          this,
          peer,
          () -> peer.announcements.onAnnouncement(id, Unpooled.wrappedBuffer(announcement), nowNs));
    }

    @Override
    public void verify(Verification job) {
      boolean isSigned =
          job.said().signature() != null
              && signatures.computeIfAbsent(job.said().signature(), unused -> job.run());
      at(nowNs + MS_NS, () -> receive(() -> announcements.onVerified(job, isSigned, nowNs)));
    }

    @Override
    public boolean pin(long peer, EntityId entity) {
      return entity.equals(pins.computeIfAbsent(peer, unused -> entity));
    }

    @Override
    public void onRoute(long node, long via, int hopCount) {
      routing.onAnnounced(node, via, hopCount, nowNs);
    }

    @Override
    public void onOwnCapabilities(CapabilitySet has, int changes) {
      routing.announced(PingwaveSummary.of(has, changes), nowNs);
    }

    @Override
    public void onCapabilities(long node, CapabilitySet has) {}

    @Override
    public void onRerouted(long dest, long via) {}

    @Override
    public void onUnreachable(long dest) {}

    @Override
    public String toString() {
      return "node " + number;
    }
  }

  final long seed = Long.getLong("lichen.seed", System.nanoTime());
  final List<Node> nodes = new ArrayList<>();
  final SplittableRandom random = new SplittableRandom(seed);
  private final Map<Long, Node> byId = new HashMap<>();
  private final Map<InetSocketAddress, Node> byAddress = new HashMap<>();
  private final Map<String, Boolean> signatures = new HashMap<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final double loss;
  private long eventCount;
  long nowNs;

  /** So many nodes without links. */
  MeshWorld(int count, double loss) {
    this.loss = loss;
    for (int i = 0; i < count; i++) {
      Node node = new Node(i);
      nodes.add(node);
      byId.put(node.id, node);
      byAddress.put(node.address, node);
      // Their ticks do not fall together.
      at(random.nextLong(5 * SECOND_NS), node::wake);
    }
  }

  /** Nodes in a row. */
  static MeshWorld line(int count, double loss) {
    MeshWorld world = new MeshWorld(count, loss);
    for (int i = 1; i < count; i++) {
      world.link(i - 1, i);
    }
    return world;
  }

  /** A connected graph in which each node has dialled so many others. */
  static MeshWorld random(int count, int dials, double loss) {
    MeshWorld world = new MeshWorld(count, loss);
    for (int i = 1; i < count; i++) {
      for (int dial = 0; dial < dials; dial++) {
        world.link(world.random.nextInt(i), i);
      }
    }
    return world;
  }

  void link(int one, int other) {
    Node a = nodes.get(one);
    Node b = nodes.get(other);
    if (a.links.add(b)) {
      b.links.add(a);
      up(a, b);
      up(b, a);
    }
  }

  /** Cuts a link; both ends notice. */
  void fail(int one, int other) {
    Node a = nodes.get(one);
    Node b = nodes.get(other);
    unlink(a, b);
    for (Node node : List.of(a, b)) {
      long peer = node == a ? b.id : a.id;
      node.routing.peerDown(peer, nowNs);
      node.announcements.peerDown(peer);
      node.wake();
    }
  }

  /** Ends a node; its peers notice. */
  void kill(int number) {
    Node node = nodes.get(number);
    node.isDead = true;
    for (Node other : List.copyOf(node.links)) {
      fail(number, other.number);
    }
  }

  void run(long durationNs) {
    long endNs = nowNs + durationNs;
    while (!events.isEmpty() && events.peek().atNs() <= endNs) {
      Event event = events.remove();
      nowNs = event.atNs();
      event.action().run();
    }
    nowNs = endNs;
  }

  /** Whether a packet that each node hands to its next hop arrives. */
  boolean arrives(Node from, Node to) {
    Node at = from;
    Long before = null;
    for (int hop = 0; hop < MAX_WALK && at != to; hop++) {
      OptionalLong next =
          before == null
              ? at.routing.nextHop(to.id, nowNs)
              : at.routing.nextHop(to.id, before, nowNs);
      if (next.isEmpty()) {
        return false;
      }
      before = at.id;
      at = requireNonNull(byId.get(next.getAsLong()));
    }
    return at == to;
  }

  /** Nodes that find exactly these by a tag. */
  long finding(String tag, List<Node> expected) {
    List<Long> ids = expected.stream().map(node -> node.id).sorted(Long::compareUnsigned).toList();
    return nodes.stream().filter(node -> !node.isDead && node.find(tag).equals(ids)).count();
  }

  static EntityKeyPair keys(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    seed[1] = (byte) (number >> 8);
    return EntityKeyPair.ofSeed(seed);
  }

  private void up(Node node, Node peer) {
    node.routing.peerUp(peer.id, peer.address, nowNs);
    node.announcements.peerUp(peer.id, nowNs);
    node.wake();
  }

  private static void unlink(Node a, Node b) {
    a.links.remove(b);
    b.links.remove(a);
  }

  private void carry(Node from, Node to, Runnable arrival) {
    if (from.links.contains(to) && random.nextDouble() >= loss) {
      at(
          nowNs + MS_NS + random.nextLong(10 * MS_NS),
          () -> {
            if (from.links.contains(to)) {
              to.receive(arrival);
            }
          });
    }
  }

  private void at(long atNs, Runnable action) {
    events.add(new Event(atNs, eventCount++, action));
  }

  private long unixNs() {
    return UNIX_NS + nowNs;
  }
}
