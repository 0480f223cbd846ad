// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.RouteWithdrawal;
import io.lichen.core.work.TokenBucket;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One node's part in finding ways: makes it known, learns from others over which peer a node is
 * reached, and mends what breaks (docs/wire/net-routing.md). Nodes are named by their ids; a peer
 * is a node with a session that needs no relay. Deterministic given the times. Not thread-safe: it
 * belongs to the node's loop.
 *
 * <p>{@code nowNs} is a monotonic time in nanoseconds, {@code unixUs} the wall clock in
 * microseconds.
 */
public final class MeshRouting {
  /** Withdrawals for nodes that were lost together with a peer, besides that peer. */
  static final int MAX_LOST_TOLD = 256;

  private static final int WITHDRAWALS_PER_SECOND = 100;
  private static final int WITHDRAWAL_BURST = 1000;
  private static final int ROUNDS_ON_CONNECT = 2;
  private static final long US_PER_MS = 1000;

  private final long self;
  private final RouteSettings settings;
  private final RouteOutput output;
  private final RouteTable routes;
  private final Fanout peers;
  private final PingwaveEngine waves;
  private final EventWaves events;
  private final Withdrawals withdrawals;
  private final Map<Long, TokenBucket> withdrawalBudgets = new HashMap<>();
  private long nextTickNs;
  private long withdrawalsReceived;
  private long withdrawalsIgnored;
  private long reroutes;
  private long unreachable;

  /** Makes the part of a node that has no peers yet; its first tick is due at once. */
  public MeshRouting(
      long self, RouteSettings settings, RouteOutput output, long nowNs, long unixUs) {
    this.self = self;
    this.settings = settings;
    this.output = output;
    this.routes = new RouteTable(self, settings);
    this.peers = new Fanout(settings.minFanOut());
    long unixMs = unixUs / US_PER_MS;
    this.waves = new PingwaveEngine(self, settings, routes, peers, output, unixMs);
    this.withdrawals = new Withdrawals(output, peers, unixMs);
    this.events = new EventWaves(nowNs);
    this.nextTickNs = nowNs;
  }

  /**
   * A peer is connected without a relay, is heard of again after it had failed, has moved to
   * another address, or has replaced its session.
   */
  public void peerUp(long peer, InetSocketAddress address, long nowNs) {
    boolean fresh = !routes.isDirect(peer);
    peers.add(peer, address);
    routes.addDirect(peer);
    if (fresh) {
      waves.peerUp(peer, nowNs);
      withdrawalBudgets.put(peer, new TokenBucket(WITHDRAWAL_BURST, WITHDRAWALS_PER_SECOND, nowNs));
    }
    withdrawals.forget(peer);
    events.happened(ROUNDS_ON_CONNECT, nowNs);
  }

  /** A peer has failed or is gone: what led over it goes other ways, or others are told. */
  public void peerDown(long peer, long nowNs) {
    if (!routes.isDirect(peer)) {
      return;
    }
    peers.remove(peer);
    waves.peerDown(peer);
    withdrawalBudgets.remove(peer);
    withdrawals.tellAll(peer, null, nowNs);
    int told = 0;
    for (long dest : routes.removeDirect(peer, nowNs)) {
      OptionalLong via = routes.nextHop(dest, nowNs);
      report(dest, via);
      if (dest != peer && told++ < MAX_LOST_TOLD) {
        tellOfLoss(dest, via, nowNs);
      }
    }
  }

  /** A datagram has come that is no packet; it is not kept. */
  public void onPlain(InetSocketAddress from, ByteBuf datagram, long nowNs, long unixUs) {
    waves.receive(from, datagram, nowNs, unixUs);
  }

  /** An event of subprotocol 0x0C01 has come from a peer; it is not kept. */
  public void onWithdrawal(long from, ByteBuf event, long nowNs) {
    withdrawalsReceived++;
    TokenBucket budget = withdrawalBudgets.get(from);
    if (budget == null || !budget.take(nowNs) || !withdraw(from, event, nowNs)) {
      withdrawalsIgnored++;
    }
  }

  /**
   * A peer has passed on a signed announcement of a node.
   *
   * @param hopCount what the announcement says, at least 1
   */
  public void onAnnounced(long node, long via, int hopCount, long nowNs) {
    routes.learn(node, via, hopCount, RouteKind.PROTECTED, nowNs);
  }

  /** This node's capabilities have changed: its pingwaves say so from now on, the first at once. */
  public void announced(OwnState state, long nowNs) {
    waves.say(state);
    events.happened(1, nowNs);
  }

  /** The peer over which a node is reached. */
  public OptionalLong nextHop(long dest, long nowNs) {
    return routes.nextHop(dest, nowNs);
  }

  /** The peer over which a node is reached, other than the one that wants something passed on. */
  public OptionalLong nextHop(long dest, long except, long nowNs) {
    return routes.nextHop(dest, except, nowNs);
  }

  /** When {@link #onTimer} is to be called next. */
  public long nextDeadlineNs() {
    long eventNs = events.nextNs();
    return eventNs != Long.MAX_VALUE && eventNs - nextTickNs < 0 ? eventNs : nextTickNs;
  }

  /** Does what is due. */
  public void onTimer(long nowNs, long unixUs) {
    boolean isTick = nowNs - nextTickNs >= 0;
    if (isTick) {
      nextTickNs = nowNs + settings.tickNs();
      routes.sweep(nowNs);
      waves.sweep(nowNs);
      withdrawals.sweep(nowNs);
    }
    if (events.isDue(nowNs) || isTick) {
      waves.emit(unixUs);
    }
  }

  /** What pingwaves tell of other nodes, in no order. */
  public List<ProximityNode> nearby() {
    return waves.nearby();
  }

  /** The counters and sizes now. */
  public RouteStats stats() {
    return new RouteStats(
        waves.received(),
        waves.dropped(),
        waves.emitted(),
        waves.forwarded(),
        waves.known(),
        waves.evicted(),
        routes.size(),
        routes.evicted(),
        routes.refused(),
        withdrawalsReceived,
        withdrawalsIgnored,
        withdrawals.sent(),
        withdrawals.damped(),
        reroutes,
        unreachable);
  }

  private boolean withdraw(long from, ByteBuf event, long nowNs) {
    RouteWithdrawal said;
    try {
      said = RouteWithdrawal.decode(event);
    } catch (NetWireException e) {
      return false;
    }
    long dest = said.dest();
    if (dest == self || dest == from || !withdrawals.isNew(from, said)) {
      return false;
    }
    RouteTable.Loss loss = routes.withdraw(dest, from, nowNs);
    OptionalLong via = routes.nextHop(dest, nowNs);
    switch (loss) {
      case NONE -> {
        return false;
      }
      case SPARE -> {}
      case REROUTED -> {
        report(dest, via);
        tellOfLoss(dest, via, nowNs);
      }
      case UNREACHABLE -> {
        report(dest, via);
        withdrawals.tellAll(dest, from, nowNs);
      }
    }
    return true;
  }

  private void report(long dest, OptionalLong via) {
    if (via.isPresent()) {
      reroutes++;
      output.onRerouted(dest, via.getAsLong());
    } else {
      unreachable++;
      output.onUnreachable(dest);
    }
  }

  /**
   * Another way is in use: the peer it leads over must not come back here. None is left: nobody
   * must come here.
   */
  private void tellOfLoss(long dest, OptionalLong via, long nowNs) {
    if (via.isEmpty()) {
      withdrawals.tellAll(dest, null, nowNs);
    } else if (via.getAsLong() != dest) {
      withdrawals.tell(via.getAsLong(), dest);
    }
  }
}
