// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.RelayedData;
import io.lichen.core.moss.runtime.nat.DirectPath;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.nat.NatPart;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.EventQueue;
import io.lichen.core.work.LoopOffload;
import io.lichen.core.work.Offload;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.relay.RelayLimits;
import io.lichen.nat.relay.RelayRate;
import io.lichen.nat.relay.RelayTable;
import io.lichen.transport.moss.Era;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Relaying in a node: for others, and as an end of sessions through others. The node's loop only,
 * but for what says otherwise.
 */
public final class RelayPart implements NatPart, Relays {
  private static final long TICK_NS = 250_000_000L;
  private static final List<EnvelopeType> TYPES =
      List.of(
          EnvelopeType.RELAY_REQUEST,
          EnvelopeType.RELAY_ACCEPT,
          EnvelopeType.RELAY_DATA,
          EnvelopeType.RELAY_CLOSE);

  /**
   * What waits for a peer beyond which data for it is dropped: a quarter of what ends its session.
   */
  private static final long CONGESTED_BYTES = 4L << 20;

  private final NatContext context;
  private final PeerId localId;
  private final RelayCounters counters;
  private final RelayTable<PeerId> table;
  private final RelayForwarder forwarder;
  private final RelayClient client;
  private final RelaySender sender;
  private final RelayUpgrades upgrades;
  private long nextTickNs;

  /**
   * Makes one, and has the messages of relaying led to it.
   *
   * @param direct finds paths without a relay
   * @param data takes what applications send through relays
   */
  public RelayPart(
      NatContext context, DirectPath direct, RelayCounters counters, EventQueue<RelayedData> data) {
    this.context = context;
    this.localId = context.identity().peerId();
    this.counters = counters;
    MossConfig config = context.config();
    RelayRate rate =
        RelayRate.of(
            config.nat().relayMaxBandwidthKbps(),
            config.security().rateLimitBurst(),
            config.security().rateLimitSustained());
    Offload offload = new LoopOffload(context.executor(), context.loop()::execute);
    this.table = new RelayTable<>(limits(config.nat(), rate));
    this.forwarder = new RelayForwarder(table, sessions(), offload, counters);
    this.client = new RelayClient(context, rate, offload, counters, data);
    this.sender = new RelaySender(context, client);
    this.upgrades = new RelayUpgrades(context, direct);
    this.nextTickNs = context.clockNs().getAsLong() + TICK_NS;
    for (EnvelopeType type : TYPES) {
      context.parts().handle(type, (from, envelope, now) -> received(from, type, envelope, now));
    }
    context
        .parts()
        .handle(
            EnvelopeType.PONG,
            (from, pong, now) -> client.ends().answered(from.peer(), pong.requestId()));
    context.parts().add(this);
  }

  private static RelayLimits limits(MossConfig.Nat nat, RelayRate rate) {
    int sessions = (int) Math.min(nat.relayMaxSessions(), 1 << 20);
    Duration idle = Duration.ofSeconds(Math.min(nat.relaySessionTtlSec(), Integer.MAX_VALUE));
    return RelayLimits.of(sessions, idle.toNanos(), rate);
  }

  private RelayForwarder.Sessions sessions() {
    return new RelayForwarder.Sessions() {
      @Override
      public boolean isDirect(PeerId peer) {
        return context.peers().isDirect(peer);
      }

      @Override
      public boolean isCongested(PeerId peer) {
        PeerLink link = context.peers().get(peer);
        return link != null && link.session().pendingBytes() >= CONGESTED_BYTES;
      }

      @Override
      public void send(PeerId to, byte[] encoded) {
        PeerLink link = context.peers().get(to);
        if (link != null) {
          link.control(encoded);
        }
      }
    };
  }

  private void received(PeerLink from, EnvelopeType type, Envelope envelope, long nowNs) {
    PeerId source =
        RelayEnvelopes.ends(envelope)
            .filter(ends -> ends.target().equals(localId))
            .map(RelayEnvelopes.Ends::source)
            .orElse(null);
    if (from.session().isRelayed() || (source != null && context.era() != Era.C)) {
      counters.strays.increment();
    } else if (source == null) {
      forwarder.received(from.peer(), type, envelope, nowNs);
    } else {
      client.received(from, source, type, envelope);
    }
  }

  @Override
  public CompletableFuture<RelayPath> open(PeerId target, Duration timeout) {
    CompletableFuture<RelayPath> opened = new CompletableFuture<>();
    if (context.era() != Era.C || target.equals(localId)) {
      opened.completeExceptionally(RelaySender.failed("no relay leads to " + target));
      return opened;
    }
    context.loop().execute(() -> client.open(target, timeout, opened, nowNs()));
    return opened;
  }

  @Override
  public Optional<RelayPath> path(PeerId target) {
    return client.path(target);
  }

  @Override
  public List<PeerId> candidates(PeerId target) {
    return client.candidates(target);
  }

  @Override
  public int forwarding() {
    return table.size();
  }

  /** Number of own sessions that are open. */
  public int ownSessions() {
    return client.ends().all().size();
  }

  /**
   * Sends application data through a relay; any thread.
   *
   * @param sealedOnly whether to fail rather than send what a relay could read
   * @return whether it was sealed; fails with {@link io.lichen.core.moss.MossError#RELAY_FAILED}
   */
  public CompletableFuture<Boolean> send(PeerId target, byte[] data, boolean sealedOnly) {
    if (context.era() != Era.C || target.equals(localId)) {
      return CompletableFuture.failedFuture(RelaySender.failed("no relay leads to " + target));
    }
    return sender.send(target, data, sealedOnly, context.handshakeTimeout());
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    client.joined(link, replaced);
  }

  @Override
  public void left(PeerLink link, boolean replaced, long nowNs) {
    if (!replaced && !link.session().isRelayed()) {
      client.left(link.peer());
      table.left(link.peer());
    }
  }

  @Override
  public void profileChanged(NatProfile before, NatProfile now, long nowNs) {
    upgrades.startOver();
  }

  @Override
  public long nextDeadlineNs() {
    return Math.min(nextTickNs, client.nextDeadlineNs());
  }

  @Override
  public void onTimer(long nowNs) {
    client.onTimer(nowNs);
    if (nowNs - nextTickNs >= 0) {
      nextTickNs = nowNs + TICK_NS;
      client.tick(nowNs);
      upgrades.tick(nowNs);
      table.expire(nowNs);
      counters.ownSessions = ownSessions();
      counters.forwardedSessions = table.size();
    }
  }

  private long nowNs() {
    return context.clockNs().getAsLong();
  }
}
