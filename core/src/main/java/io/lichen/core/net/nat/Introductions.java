// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.core.net.nat.Rendezvous.Reject;
import io.lichen.core.net.nat.Rendezvous.Request;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.punch.PunchRate;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * This node as a coordinator: introduces two of its peers to each other, and passes on the acks of
 * those whom it has introduced (docs/wire/net-nat.md, "The coordinator"). Belongs to the node's
 * loop.
 */
public final class Introductions {
  /** Requests of one peer at once, and then one in {@link #REQUEST_INTERVAL_NS}. */
  static final int REQUESTS = 4;

  static final long REQUEST_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(2500);

  /** Introductions to one peer at once, whoever asks, and then one in a quarter of the interval. */
  static final int INTRODUCTIONS = 16;

  /** How far ahead both are to begin. */
  static final long FIRE_LEAD_MS = 500;

  /** Pairs remembered; the oldest is forgotten. */
  static final int MAX_PAIRS = 1024;

  /** How long acks of a pair are passed on, and how many in each direction. */
  static final long PAIR_NS = TimeUnit.SECONDS.toNanos(15);

  static final int ACKS = 4;

  private static final int MAX_PEERS = 4096;

  private record Pair(long from, long to) {}

  private static final class Acks {
    final long untilNs;
    int left = ACKS;

    Acks(long untilNs) {
      this.untilNs = untilNs;
    }
  }

  private static final class Pairs extends LinkedHashMap<Pair, Acks> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Pair, Acks> eldest) {
      return size() > 2 * MAX_PAIRS;
    }
  }

  private final NatOutput out;
  private final NatPeers peers;
  private final NatCounters counters;
  private final PunchRate<Long> requests =
      new PunchRate<>(REQUESTS, REQUEST_INTERVAL_NS, MAX_PEERS);
  private final PunchRate<Long> introductions =
      new PunchRate<>(INTRODUCTIONS, REQUEST_INTERVAL_NS / REQUESTS, MAX_PEERS);
  private final Map<Pair, Acks> pairs = new Pairs();

  /** Has introduced nobody. */
  public Introductions(NatOutput out, NatPeers peers, NatCounters counters) {
    this.out = out;
    this.peers = peers;
    this.counters = counters;
  }

  /** A peer wants to be introduced. */
  public void onRequest(long from, Request request, long nowNs, long unixMs) {
    InetSocketAddress there = whereabouts(request.target());
    RejectReason refusal = refusal(from, request, there, nowNs);
    if (refusal != null || there == null) {
      RejectReason reason = refusal == null ? RejectReason.UNSPECIFIED : refusal;
      counters.rejected(reason).increment();
      send(from, new Reject(request.target(), request.punchId(), reason).encode());
      return;
    }
    counters.introduced.increment();
    pairs.put(new Pair(from, request.target()), new Acks(nowNs + PAIR_NS));
    pairs.put(new Pair(request.target(), from), new Acks(nowNs + PAIR_NS));
    long fireAtMs = unixMs + FIRE_LEAD_MS;
    send(from, new Introduce(request.target(), there, fireAtMs).encode());
    send(request.target(), new Introduce(from, request.self(), fireAtMs).encode());
  }

  /**
   * Where a node is seen: as it says, if this node sees it on the same host or not at all, else as
   * this node sees it.
   */
  private @Nullable InetSocketAddress whereabouts(long node) {
    InetSocketAddress said = peers.announced(node);
    InetSocketAddress seen = peers.direct(node);
    boolean isBelieved =
        said != null && (seen == null || seen.getAddress().equals(said.getAddress()));
    return isBelieved ? said : seen;
  }

  private @Nullable RejectReason refusal(
      long from, Request request, @Nullable InetSocketAddress there, long nowNs) {
    if (!requests.take(from, nowNs)) {
      return RejectReason.RATE_LIMITED;
    }
    if (there == null) {
      return RejectReason.UNKNOWN_TARGET_REFLEX;
    }
    // Or the target would be made to send to somebody who has asked for nothing.
    InetSocketAddress here = peers.direct(from);
    if (here == null || !here.getAddress().equals(request.self().getAddress())) {
      return RejectReason.REFLEX_MISMATCH;
    }
    if (request.target() == from || peers.direct(request.target()) == null) {
      return RejectReason.NO_SESSION_WITH_TARGET;
    }
    return introductions.take(request.target(), nowNs) ? null : RejectReason.RATE_LIMITED;
  }

  /** A peer wants an ack passed on to another one. */
  public void onAck(long from, Ack ack, long nowNs) {
    Acks acks = pairs.get(new Pair(from, ack.to()));
    if (ack.from() != from || acks == null || acks.untilNs - nowNs < 0 || acks.left == 0) {
      counters.refusedAcks.increment();
      return;
    }
    acks.left--;
    send(ack.to(), ack.encode());
  }

  private void send(long peer, byte[] event) {
    out.send(peer, SubprotocolIds.RENDEZVOUS, event);
  }
}
