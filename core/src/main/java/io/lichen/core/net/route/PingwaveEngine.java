// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import io.lichen.core.net.table.FairTable;
import io.lichen.core.net.wire.LegacyPingwave;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.net.wire.PingwaveHealth;
import io.lichen.core.work.TokenBucket;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Sends a node's pingwaves, and takes and passes on those of others (docs/wire/net-routing.md,
 * "Taking pingwaves"). Waves are not authenticated: only those from the addresses of connected
 * peers are looked at, each peer may send so many, and what a peer makes up crowds out what it told
 * itself. Not thread-safe.
 */
final class PingwaveEngine {
  /** How often a node's own waves may be passed on. */
  static final int OWN_TTL = 3;

  private final long self;
  private final RouteSettings settings;
  private final RouteTable routes;
  private final Fanout peers;
  private final RouteOutput output;
  private final FairTable<Long, HeardOrigin> heard;
  private final Map<Long, TokenBucket> budgets = new HashMap<>();
  private final Map<PingwaveDrop, Long> dropped = new EnumMap<>(PingwaveDrop.class);
  private long seq;
  private OwnState own = OwnState.NOTHING_SAID;
  private long received;
  private long forwarded;
  private long emitted;

  PingwaveEngine(
      long self,
      RouteSettings settings,
      RouteTable routes,
      Fanout peers,
      RouteOutput output,
      long unixMs) {
    this.self = self;
    this.settings = settings;
    this.routes = routes;
    this.peers = peers;
    this.output = output;
    this.heard = new FairTable<>(settings.maxOrigins());
    // From the clock: peers that remember the waves of an earlier life take these for new ones.
    this.seq = unixMs;
  }

  /** What own waves say from now on. */
  void say(OwnState state) {
    own = state;
  }

  void peerUp(long peer, long nowNs) {
    budgets.put(peer, new TokenBucket(settings.waveBurst(), settings.wavesPerSecond(), nowNs));
  }

  void peerDown(long peer) {
    budgets.remove(peer);
  }

  /** Sends one own wave to every peer. */
  void emit(long unixUs) {
    byte[] wave =
        new Pingwave(
                self,
                ++seq,
                OWN_TTL,
                0,
                unixUs,
                own.capabilityHash(),
                own.capabilityVersion(),
                own.loadLevel(),
                PingwaveHealth.HEALTHY,
                own.profile())
            .encode();
    for (Fanout.Peer peer : peers.all()) {
      output.sendPingwave(peer.address(), wave);
      emitted++;
    }
  }

  /** A datagram has come that is no packet. */
  void receive(InetSocketAddress from, ByteBuf datagram, long nowNs, long unixUs) {
    received++;
    Fanout.Peer source = peers.at(from);
    if (source == null) {
      drop(PingwaveDrop.STRANGER);
      return;
    }
    TokenBucket budget = budgets.get(source.nodeId());
    if (budget == null || !budget.take(nowNs)) {
      drop(PingwaveDrop.PEER_FLOOD);
      return;
    }
    try {
      take(source.nodeId(), Pingwave.decode(datagram), nowNs, unixUs);
    } catch (NetWireException e) {
      boolean isShort = datagram.readableBytes() == LegacyPingwave.BYTES;
      drop(isShort ? PingwaveDrop.SHORT_FORM : PingwaveDrop.MALFORMED);
    }
  }

  /** Forgets nodes that were not heard of for long. */
  void sweep(long nowNs) {
    heard.removeIf((origin, state) -> state.isOlderThan(settings.maxAgeNs(), nowNs));
  }

  List<ProximityNode> nearby() {
    List<ProximityNode> nodes = new ArrayList<>(heard.size());
    heard.forEach((origin, state) -> nodes.add(state.shown()));
    return nodes;
  }

  int known() {
    return heard.size();
  }

  long evicted() {
    return heard.evicted();
  }

  long received() {
    return received;
  }

  long forwarded() {
    return forwarded;
  }

  long emitted() {
    return emitted;
  }

  Map<PingwaveDrop, Long> dropped() {
    return Map.copyOf(dropped);
  }

  private void take(long source, Pingwave wave, long nowNs, long unixUs) {
    if (wave.origin() == self) {
      drop(PingwaveDrop.OWN);
    } else if (wave.hopCount() >= Pingwave.MAX_HOPS) {
      drop(PingwaveDrop.TOO_FAR);
    } else if ((wave.hopCount() == 0) != (wave.origin() == source)) {
      drop(PingwaveDrop.CONTRADICTORY);
    } else {
      HeardOrigin known = heard.get(wave.origin());
      HeardOrigin origin = known == null ? new HeardOrigin(wave, source, nowNs) : known;
      if (origin.hasHeard(wave.seq())) {
        takeCopy(origin, source, wave, nowNs);
      } else if (origin.takeTurn(nowNs)) {
        heard.put(wave.origin(), source, origin);
        origin.hear(wave, source, nowNs, unixUs);
        routes.learn(wave.origin(), source, wave.hopCount(), RouteKind.ORDINARY, nowNs);
        passOn(origin, source, wave, nowNs);
      } else {
        drop(PingwaveDrop.ORIGIN_FLOOD);
      }
    }
  }

  /** No news of the node, but maybe of a second way to it. */
  private void takeCopy(HeardOrigin origin, long source, Pingwave wave, long nowNs) {
    drop(PingwaveDrop.COPY);
    if (origin.cannotLeadBack(wave)) {
      routes.learn(wave.origin(), source, wave.hopCount(), RouteKind.ORDINARY, nowNs);
    }
  }

  private void passOn(HeardOrigin origin, long source, Pingwave wave, long nowNs) {
    if (!wave.mayTravel()) {
      return;
    }
    byte[] passed = wave.forwarded().encode();
    OptionalLong nextHop = routes.nextHop(wave.origin(), nowNs);
    for (Fanout.Peer peer : peers.choose(origin, source, nextHop)) {
      output.sendPingwave(peer.address(), passed);
      forwarded++;
    }
  }

  private void drop(PingwaveDrop reason) {
    dropped.merge(reason, 1L, Long::sum);
  }
}
