// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.core.net.nat.Rendezvous.Reject;
import io.lichen.nat.punch.PunchEnd;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The punches that this node has asked for, one for each other end (docs/wire/net-nat.md, "The
 * requester"). Belongs to the node's loop.
 */
public final class Requests {
  /** When a punch is given up. */
  static final long PUNCH_NS = TimeUnit.SECONDS.toNanos(7);

  /** Punches at once; others end at once. */
  static final int MAX_AT_ONCE = 256;

  /** Who wants a punch. */
  public interface Listener {
    /** The other end is reached at an address, or reaches this node from there; may be repeated. */
    void onReached(long target, InetSocketAddress address, long nowNs);

    /**
     * The punch has ended; called once.
     *
     * @param rejection what the last coordinator said that rejected it; {@code null} if none did
     */
    void onOver(long target, PunchEnd end, @Nullable RejectReason rejection, long nowNs);
  }

  final long self;
  final NatOutput out;
  final NatPeers peers;
  final NatCounters counters;
  final LongSupplier clockNs;
  final OwnPorts ports;
  private final ReflexProbes probes;
  private final RandomGenerator random;
  private final OwnAddress own;
  private final Map<Long, Asking> punches = new HashMap<>();

  /** Where this node takes itself to be. */
  @FunctionalInterface
  public interface OwnAddress {
    /**
     * Where it says that it is seen, or will be.
     *
     * @param seen what the coordinator has just said; {@code null} if it did not answer
     * @return {@code null} if it does not know
     */
    @Nullable InetSocketAddress of(@Nullable InetSocketAddress seen);
  }

  /** Has asked for none. */
  public Requests(
      long self,
      NatOutput out,
      NatPeers peers,
      NatCounters counters,
      ReflexProbes probes,
      OwnAddress own,
      OwnPorts ports,
      RandomGenerator random,
      LongSupplier clockNs) {
    this.self = self;
    this.out = out;
    this.peers = peers;
    this.counters = counters;
    this.probes = probes;
    this.own = own;
    this.ports = ports;
    this.random = random;
    this.clockNs = clockNs;
  }

  /**
   * Asks coordinators, the first one first, to introduce this node and another one.
   *
   * @return false if there are too many, or there is one for this target
   */
  public boolean request(long target, List<Long> coordinators, Listener listener, long nowNs) {
    if (punches.size() >= MAX_AT_ONCE || punches.containsKey(target)) {
      return false;
    }
    Asking asking = new Asking(target, coordinators, nowNs + PUNCH_NS, this, listener);
    punches.put(target, asking);
    asking.start(nowNs);
    return true;
  }

  /** Answers whether it was for one of these punches. */
  boolean onIntroduce(long from, Introduce introduce, long nowNs, long unixMs) {
    Asking asking = punches.get(introduce.peer());
    return asking != null && asking.onIntroduce(from, introduce, nowNs, unixMs);
  }

  /** Whether a punch at this node is under way, so that nobody else may introduce it. */
  boolean isUnderWay(long target) {
    return punches.containsKey(target);
  }

  /** Answers whether it was for one of these punches. */
  boolean onReject(long from, Reject reject, long nowNs) {
    Asking asking = punches.get(reject.target());
    return asking != null && asking.onReject(from, reject, nowNs);
  }

  /** Answers whether it was for one of these punches. */
  boolean onAck(long from, Ack ack, long nowNs) {
    Asking asking = punches.get(ack.from());
    return asking != null && asking.onAck(from, ack, nowNs);
  }

  /** Answers whether it was for one of these punches. */
  boolean onKeepAlive(InetSocketAddress from, KeepAlive keepAlive, long nowNs) {
    Asking asking = punches.get(keepAlive.sender());
    return asking != null && asking.onKeepAlive(from, nowNs);
  }

  /** There is a session with the other end that needs no relay. */
  void met(long target, long nowNs) {
    Asking asking = punches.get(target);
    if (asking != null) {
      asking.met(nowNs);
    }
  }

  /** Nobody wants it any more. */
  void cancel(long target, long nowNs) {
    Asking asking = punches.get(target);
    if (asking != null) {
      asking.cancel(nowNs);
    }
  }

  /** When {@link #onTimer} is wanted; {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    return punches.values().stream().mapToLong(Asking::nextDeadlineNs).min().orElse(Long.MAX_VALUE);
  }

  /** Sends what is due, and gives up what is over. */
  public void onTimer(long nowNs) {
    List.copyOf(punches.values()).forEach(asking -> asking.onTimer(nowNs));
  }

  // For the punches.

  void locate(long coordinator, long nowNs, ReflexProbes.Answer answer) {
    probes.probe(coordinator, nowNs, seen -> answer.seenAs(own.of(seen)));
  }

  int freshId() {
    int id = random.nextInt();
    return id == 0 ? 1 : id;
  }

  void remove(long target, Asking asking) {
    punches.remove(target, asking);
  }
}
