// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and the links between them, in virtual time. Whatever is random here comes from the seed,
 * so a run can be repeated exactly; {@link #traceHash} tells whether it was.
 *
 * <p>Nodes are numbered from 0 in the order in which they are added. A link has a {@link
 * LinkProfile} that may be changed while it is up. What is on the way when a link goes down is
 * lost. Not thread-safe.
 *
 * @param <P> what is sent; the network never looks into it
 */
public final class SimNetwork<P> {
  private static final int UP = 1;
  private static final int DOWN = 2;
  private static final int ARRIVED = 3;
  private static final int LOST = 4;
  private static final int CRASHED = 5;
  private static final int RESTARTED = 6;

  /** A link that {@link #sever} took down. */
  private record Severed(int dialler, int listener, LinkProfile profile) {}

  final VirtualTime time;
  final SplittableRandom random;
  private final ToLongFunction<? super P> fingerprint;
  private final List<SimHost<P>> hosts = new ArrayList<>();
  private final List<Severed> severed = new ArrayList<>();
  private final TraceHash trace = new TraceHash();
  private boolean parted;
  private long sent;
  private long refused;
  private long arrived;
  private long lost;
  private long resent;

  /**
   * Makes a network without nodes.
   *
   * @param seed of loss, latency and duplication
   * @param fingerprint a number for the trace that depends on the content of what is sent only
   */
  public SimNetwork(VirtualTime time, long seed, ToLongFunction<? super P> fingerprint) {
    this.time = Objects.requireNonNull(time);
    this.random = new SplittableRandom(seed);
    this.fingerprint = Objects.requireNonNull(fingerprint);
  }

  /** The clock that the network runs by. */
  public VirtualTime time() {
    return time;
  }

  /** Adds a node without links and returns its number. */
  public int addNode(SimNode<P> node) {
    int number = hosts.size();
    hosts.add(new SimHost<>(Objects.requireNonNull(node)));
    node.onStart(number);
    return number;
  }

  /** How many nodes there are, crashed ones included. */
  public int size() {
    return hosts.size();
  }

  /**
   * Brings a link up and tells both nodes; one that is up only changes its profile.
   *
   * @param dialler the node that counts as having dialled
   * @return false if one of the nodes is crashed
   * @throws IllegalArgumentException if both ends are the same node
   * @throws IndexOutOfBoundsException if there is no such node
   */
  public boolean connect(int dialler, int listener, LinkProfile profile) {
    if (dialler == listener) {
      throw new IllegalArgumentException("node " + dialler + " cannot be linked to itself");
    }
    SimHost<P> first = hosts.get(dialler);
    SimHost<P> second = hosts.get(listener);
    if (!first.up || !second.up) {
      return false;
    }
    SimLink<P> known = first.link(listener);
    if (known != null && known.up) {
      known.profile = Objects.requireNonNull(profile);
      return true;
    }
    noticeLoss(dialler, known);
    noticeLoss(listener, second.link(dialler));
    SimLink<P> link = new SimLink<>(this, dialler, listener, Objects.requireNonNull(profile));
    first.add(listener, link);
    second.add(dialler, link);
    note(UP, dialler, listener, 0);
    first.node.onConnect(listener, true);
    second.node.onConnect(dialler, false);
    return true;
  }

  /** Takes a link down and tells both nodes; false if there was none. */
  public boolean disconnect(int a, int b) {
    SimLink<P> link = hosts.get(a).link(b);
    if (link == null || !link.up) {
      return false;
    }
    link.up = false;
    hosts.get(a).remove(b, link);
    hosts.get(b).remove(a, link);
    note(DOWN, a, b, 0);
    hosts.get(a).node.onDisconnect(b);
    hosts.get(b).node.onDisconnect(a);
    return true;
  }

  /** Whether there is a link between two nodes. */
  public boolean isConnected(int a, int b) {
    SimLink<P> link = hosts.get(a).link(b);
    return link != null && link.up;
  }

  /** The numbers of the nodes that a node has a link to, ascending; a copy. */
  public int[] neighbours(int node) {
    return hosts.get(node).links().stream()
        .filter(link -> link.up)
        .mapToInt(link -> link.otherThan(node))
        .toArray();
  }

  /**
   * Cuts each of these groups off from the others and from everybody else without taking a link
   * down: nothing passes between them, and nobody is told. Replaces an earlier partition.
   */
  @SafeVarargs
  public final void partition(Set<Integer>... groups) {
    heal();
    parted = true;
    for (int group = 0; group < groups.length; group++) {
      for (int node : groups[group]) {
        hosts.get(node).side = group + 1;
      }
    }
  }

  /** Ends the partition. */
  public void heal() {
    parted = false;
    hosts.forEach(host -> host.side = 0);
  }

  /**
   * Takes down every link between this group and the others, as a partition does that lasts longer
   * than sessions; everybody is told. {@link #mend} brings them back.
   *
   * @return how many links went down
   */
  public int sever(Set<Integer> group) {
    int before = severed.size();
    for (int node = 0; node < hosts.size(); node++) {
      for (SimLink<P> link : hosts.get(node).links()) {
        boolean crosses = group.contains(link.dialler) != group.contains(link.listener);
        if (link.up && crosses) {
          severed.add(new Severed(link.dialler, link.listener, link.profile));
          disconnect(link.dialler, link.listener);
        }
      }
    }
    return severed.size() - before;
  }

  /**
   * Dials again all that {@link #sever} took down.
   *
   * @return how many links are up of those
   */
  public int mend() {
    int up = 0;
    for (Severed link : List.copyOf(severed)) {
      up += connect(link.dialler, link.listener, link.profile) ? 1 : 0;
    }
    severed.clear();
    return up;
  }

  /**
   * Stops a node dead: it is told nothing, its tasks (see {@link #schedule}) never run again, and
   * nothing passes over its links.
   *
   * @param noticeNs when its neighbours notice, nanoseconds from now: 0 when its machine says so at
   *     once, more when only silence tells; until then they send into the void
   * @return false if it is crashed already
   */
  public boolean crash(int node, long noticeNs) {
    SimHost<P> host = hosts.get(node);
    if (!host.up) {
      return false;
    }
    host.up = false;
    note(CRASHED, node, 0, noticeNs);
    for (SimLink<P> link : host.links()) {
      link.up = false;
      int peer = link.otherThan(node);
      host.remove(peer, link);
      if (noticeNs == 0) {
        noticeLoss(peer, link);
      } else {
        time.schedule(noticeNs, () -> noticeLoss(peer, link));
      }
    }
    return true;
  }

  /**
   * Starts a crashed node again, without links.
   *
   * @param fresh what runs on it from now on; may be the same object if it kept its state
   * @throws IllegalStateException if the node is not crashed
   */
  public void restart(int node, SimNode<P> fresh) {
    SimHost<P> host = hosts.get(node);
    if (host.up) {
      throw new IllegalStateException("node " + node + " is up");
    }
    host.node = Objects.requireNonNull(fresh);
    host.up = true;
    host.starts++;
    host.busyUntilNs = time.nowNs();
    note(RESTARTED, node, 0, 0);
    fresh.onStart(node);
  }

  /** Whether a node is not crashed. */
  public boolean isUp(int node) {
    return hosts.get(node).up;
  }

  /**
   * Makes a node a slow reader: it takes so long over each message, one after the other, and what
   * it has not read counts as in flight.
   *
   * @param readTimeNs nanoseconds a message, 0 for a reader that keeps up with anything
   */
  public void setReadTime(int node, long readTimeNs) {
    if (readTimeNs < 0) {
      throw new IllegalArgumentException("readTimeNs is " + readTimeNs + ", must not be negative");
    }
    hosts.get(node).readTimeNs = readTimeNs;
  }

  /** Has a task of a node run later, unless the node crashes before; see {@link VirtualTime}. */
  public void schedule(int node, long delayNs, Runnable task) {
    time.schedule(delayNs, new NodeTask(time, hosts.get(node), 0, task));
  }

  /** Has a task of a node run again and again until the node crashes; see {@link VirtualTime}. */
  public void scheduleEvery(int node, long firstDelayNs, long periodNs, Runnable task) {
    if (periodNs < 1) {
      throw new IllegalArgumentException("periodNs is " + periodNs + ", must be at least 1");
    }
    time.schedule(firstDelayNs, new NodeTask(time, hosts.get(node), periodNs, task));
  }

  /**
   * Sends over a link.
   *
   * @return false if there is no link or it holds as much as it can; a message that gets lost on
   *     the way counts as sent
   */
  public boolean send(int from, int to, P payload) {
    SimLink<P> link = hosts.get(from).link(to);
    if (link == null || !link.laneFrom(from).send(Objects.requireNonNull(payload))) {
      refused++;
      return false;
    }
    sent++;
    return true;
  }

  /**
   * A fingerprint of every connect, disconnect, crash, restart, arrival and loss so far, with their
   * times.
   */
  public long traceHash() {
    return trace.value();
  }

  /** How many messages were taken by links. */
  public long sent() {
    return sent;
  }

  /** How many messages were not taken: no link, or a full one. */
  public long refused() {
    return refused;
  }

  /** How many messages came to a node, duplicates included. */
  public long arrived() {
    return arrived;
  }

  /** How many messages vanished on the way. */
  public long lost() {
    return lost;
  }

  /** How many lost frames were sent again. */
  public long retransmitted() {
    return resent;
  }

  boolean isParted(int from, int to) {
    return parted && hosts.get(from).side != hosts.get(to).side;
  }

  /** When a node will have read a message that is at its door now. */
  long readAtNs(int node) {
    SimHost<P> host = hosts.get(node);
    if (host.readTimeNs == 0 && host.busyUntilNs <= time.nowNs()) {
      return time.nowNs();
    }
    host.busyUntilNs = Math.max(host.busyUntilNs, time.nowNs()) + host.readTimeNs;
    return host.busyUntilNs;
  }

  void arrived(int from, int to, P payload) {
    arrived++;
    note(ARRIVED, from, to, fingerprint.applyAsLong(payload));
    hosts.get(to).node.onMessage(from, payload);
  }

  void lost(int from, int to, P payload) {
    lost++;
    note(LOST, from, to, fingerprint.applyAsLong(payload));
  }

  void resent() {
    resent++;
  }

  /** A node finds that a link of its own is dead, if it has not yet. */
  private void noticeLoss(int node, @Nullable SimLink<P> dead) {
    if (dead == null) {
      return;
    }
    SimHost<P> host = hosts.get(node);
    int peer = dead.otherThan(node);
    if (host.remove(peer, dead)) {
      note(DOWN, node, peer, 0);
      host.node.onDisconnect(peer);
    }
  }

  private void note(int what, int from, int to, long detail) {
    trace.add(time.nowNs());
    trace.add((long) what << 56 | (long) from << 28 | to);
    trace.add(detail);
  }
}
