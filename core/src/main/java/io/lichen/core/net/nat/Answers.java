// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.punch.PunchRate;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The punches that others have asked for: who introduces somebody out of the blue is followed
 * within bounds (docs/wire/net-nat.md, "The other end"). Belongs to the node's loop.
 */
public final class Answers {
  /** How long keep-alives are sent. */
  static final long PUNCH_NS = TimeUnit.SECONDS.toNanos(5);

  /** Punches at once. */
  static final int MAX_AT_ONCE = 8;

  /** Introductions by one peer at once, and then one in {@link #INTERVAL_NS}. */
  static final int BURST = 4;

  static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(2500);

  private static final int MAX_PEERS = 4096;

  private final long self;
  private final NatOutput out;
  private final NatPeers peers;
  private final NatCounters counters;
  private final OwnPorts ports;
  private final PunchRate<Long> rate = new PunchRate<>(BURST, INTERVAL_NS, MAX_PEERS);
  private final Map<Long, Answering> punches = new HashMap<>();

  /** Punches at nobody yet. */
  public Answers(long self, NatOutput out, NatPeers peers, NatCounters counters, OwnPorts ports) {
    this.self = self;
    this.out = out;
    this.peers = peers;
    this.counters = counters;
    this.ports = ports;
  }

  /** A peer introduces somebody for whom this node has not asked. */
  public void onIntroduce(long from, Introduce introduce, long nowNs, long unixMs) {
    if (!isToBeFollowed(from, introduce, nowNs)) {
      counters.introductionsRefused.increment();
      return;
    }
    counters.introductionsFollowed.increment();
    long peer = introduce.peer();
    hint(from, peer);
    KeepAliveTrain train = new KeepAliveTrain(self, peer, out, counters, ports);
    punches.put(
        peer,
        new Answering(
            from,
            introduce.address(),
            ports.areEnabled() ? peers.portStep(peer) : 0,
            train,
            FireTime.atNs(introduce.fireAtMs(), unixMs, nowNs),
            nowNs + PUNCH_NS,
            nowNs));
  }

  /** Behind a NAT that gives out ports in order: which this node's keep-alives will come from. */
  private void hint(long coordinator, long peer) {
    InetSocketAddress next = ports.next();
    if (next != null && peers.predictsPorts(peer)) {
      int punchId = new PortHint(next.getPort(), ports.step()).punchId();
      out.send(coordinator, SubprotocolIds.RENDEZVOUS, new Ack(self, peer, punchId).encode());
    }
  }

  private boolean isToBeFollowed(long from, Introduce introduce, long nowNs) {
    InetSocketAddress teller = peers.direct(from);
    long peer = introduce.peer();
    return teller != null
        && peer != self
        && peer != from
        && Hearsay.isUsable(introduce.address(), teller)
        && isWhereItSays(peer, introduce.address())
        && rate.take(from, nowNs)
        && (punches.size() < MAX_AT_ONCE || punches.containsKey(peer));
  }

  /** Only the port may differ from what the node itself has announced. */
  private boolean isWhereItSays(long peer, InetSocketAddress named) {
    @Nullable InetSocketAddress said = peers.announced(peer);
    return said == null || said.getAddress().equals(named.getAddress());
  }

  /** A keep-alive has come; answers whether it was waited for. */
  boolean onKeepAlive(InetSocketAddress from, KeepAlive keepAlive, long nowNs) {
    Answering punch = punches.get(keepAlive.sender());
    return punch != null && punch.onKeepAlive(from, nowNs);
  }

  /** There is a session with the other end that needs no relay. */
  void met(long peer) {
    Answering punch = punches.remove(peer);
    if (punch != null) {
      punch.end();
    }
  }

  /** When {@link #onTimer} is wanted; {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    return punches.values().stream()
        .mapToLong(Answering::nextDeadlineNs)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Sends what is due, and gives up what is over. */
  public void onTimer(long nowNs) {
    punches.values().forEach(punch -> punch.onTimer(nowNs));
    punches.values().removeIf(Answering::isOver);
  }
}
