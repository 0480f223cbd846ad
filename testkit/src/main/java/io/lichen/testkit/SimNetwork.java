// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

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

  private record Pair(int low, int high) {
    static Pair of(int a, int b) {
      return new Pair(Math.min(a, b), Math.max(a, b));
    }
  }

  private final VirtualTime time;
  private final SplittableRandom random;
  private final ToLongFunction<? super P> fingerprint;
  private final List<SimNode<P>> nodes = new ArrayList<>();
  private final Map<Pair, SimLink> links = new HashMap<>();
  private final TraceHash trace = new TraceHash();
  private Set<Integer> island = Set.of();
  private long sent;
  private long arrived;
  private long lost;

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

  /** Adds a node without links and returns its number. */
  public int addNode(SimNode<P> node) {
    nodes.add(Objects.requireNonNull(node));
    return nodes.size() - 1;
  }

  /** How many nodes there are. */
  public int size() {
    return nodes.size();
  }

  /**
   * Brings a link up and tells both nodes; one that is up only changes its profile.
   *
   * @param dialler the node that counts as having dialled
   * @throws IllegalArgumentException if both ends are the same node
   * @throws IndexOutOfBoundsException if there is no such node
   */
  public void connect(int dialler, int listener, LinkProfile profile) {
    if (dialler == listener) {
      throw new IllegalArgumentException("node " + dialler + " cannot be linked to itself");
    }
    SimNode<P> first = nodes.get(dialler);
    SimNode<P> second = nodes.get(listener);
    SimLink up = links.get(Pair.of(dialler, listener));
    if (up != null) {
      up.profile = Objects.requireNonNull(profile);
      return;
    }
    links.put(Pair.of(dialler, listener), new SimLink(profile));
    note(UP, dialler, listener, 0);
    first.onConnect(listener, true);
    second.onConnect(dialler, false);
  }

  /** Takes a link down and tells both nodes; false if there was none. */
  public boolean disconnect(int a, int b) {
    SimLink link = links.remove(Pair.of(a, b));
    if (link == null) {
      return false;
    }
    link.up = false;
    note(DOWN, a, b, 0);
    nodes.get(a).onDisconnect(b);
    nodes.get(b).onDisconnect(a);
    return true;
  }

  /** Whether there is a link between two nodes. */
  public boolean isConnected(int a, int b) {
    return links.containsKey(Pair.of(a, b));
  }

  /**
   * Cuts these nodes off from all others without taking a link down: nothing passes between the two
   * sides, and nobody is told. Replaces an earlier partition.
   */
  public void partition(Set<Integer> group) {
    island = Set.copyOf(group);
  }

  /** Ends the partition. */
  public void heal() {
    island = Set.of();
  }

  /**
   * Sends over a link.
   *
   * @return false if there is no link or it holds as much as it can; a message that gets lost on
   *     the way counts as sent
   */
  public boolean send(int from, int to, P payload) {
    SimLink link = links.get(Pair.of(from, to));
    if (link == null || link.inFlight(from < to) >= link.profile.maxInFlight()) {
      return false;
    }
    sent++;
    LinkProfile profile = link.profile;
    if (island.contains(from) != island.contains(to) || random.nextDouble() < profile.loss()) {
      lost++;
      note(LOST, from, to, fingerprint.applyAsLong(payload));
      return true;
    }
    launch(link, from, to, payload);
    if (profile.duplication() > 0 && random.nextDouble() < profile.duplication()) {
      launch(link, from, to, payload);
    }
    return true;
  }

  /** A fingerprint of every connect, disconnect, arrival and loss so far, with their times. */
  public long traceHash() {
    return trace.value();
  }

  /** How many messages were taken by links. */
  public long sent() {
    return sent;
  }

  /** How many messages came to a node, duplicates included. */
  public long arrived() {
    return arrived;
  }

  /** How many messages vanished on the way. */
  public long lost() {
    return lost;
  }

  private void launch(SimLink link, int from, int to, P payload) {
    LinkProfile profile = link.profile;
    long spread = profile.maxLatencyNs() - profile.minLatencyNs();
    long atNs = time.nowNs() + profile.minLatencyNs();
    atNs += spread == 0 ? 0 : random.nextLong(spread + 1);
    boolean upward = from < to;
    if (profile.ordered()) {
      atNs = link.afterLast(upward, atNs);
    }
    link.add(upward, 1);
    time.schedule(atNs - time.nowNs(), () -> arrive(link, from, to, payload));
  }

  private void arrive(SimLink link, int from, int to, P payload) {
    link.add(from < to, -1);
    if (!link.up) {
      lost++;
      note(LOST, from, to, fingerprint.applyAsLong(payload));
      return;
    }
    arrived++;
    note(ARRIVED, from, to, fingerprint.applyAsLong(payload));
    nodes.get(to).onMessage(from, payload);
  }

  private void note(int what, int from, int to, long detail) {
    trace.add(time.nowNs());
    trace.add((long) what << 56 | (long) from << 28 | to);
    trace.add(detail);
  }
}
