// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.PunchCounters;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.crypto.PeerId;
import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.CoordTime;
import io.lichen.nat.punch.PortPrediction;
import io.lichen.nat.punch.PunchRace;
import io.lichen.nat.punch.PunchRate;
import io.lichen.nat.punch.Shots;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The end that is asked to fire (docs/wire/moss-nat.md, "Hole punching"). Anybody may ask through
 * anybody, so: few at a time, not often for one asker and one coordinator, and nothing is
 * remembered of what they say once it is over.
 */
final class PunchResponder {
  /** Offers that are answered at a time. */
  static final int MAX_UNDER_WAY = 32;

  private static final int MAX_REMEMBERED = 512;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MAX_OBSERVE_NS = 750_000_000L;

  private final NatContext context;
  private final PunchCounters counters;
  private final OwnEndpoint own;
  private final OwnStream ownStream;
  private final PeerRaces races;
  private final RemoteCandidates predictor;
  private final PunchRate<PeerId> byCoordinator =
      new PunchRate<>(32, SECOND_NS / 8, MAX_REMEMBERED);
  private final PunchRate<PeerId> bySource = new PunchRate<>(6, SECOND_NS, MAX_REMEMBERED);
  private final Map<String, PunchRace> underWay = new LinkedHashMap<>();
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  PunchResponder(NatContext context, OwnEndpoint own, PeerRaces races) {
    this.context = context;
    this.counters = context.counters().punch;
    this.own = own;
    this.ownStream = new OwnStream(context);
    this.races = races;
    this.predictor = new RemoteCandidates(context.config().nat().portPredictionEnabled());
  }

  /** An offer that is for this node. */
  void onOffer(PeerLink coordinator, CoordMessage offer, long nowNs) {
    if (!isTaken(coordinator, offer, nowNs)) {
      counters.offersRefused.increment();
      return;
    }
    counters.offersTaken.increment();
    long roundTripNs = Math.max(0, coordinator.liveness().rttNs());
    long nowMs = context.clockMs().getAsLong();
    long fireAtNs = nowNs + CoordTime.delayNs(offer.coordAtMs(), nowMs, roundTripNs);
    long coordAtMs = CoordTime.normalized(offer.coordAtMs(), nowMs);
    PunchRace race = race(offer, fireAtNs, nowNs);
    long budgetNs = Math.min(MAX_OBSERVE_NS, context.handshakeTimeout().toNanos() / 2);
    Duration budget = Duration.ofNanos(budgetNs);
    var unused =
        own.find(coordinator, budget, nowNs)
            .thenCombine(
                ownStream(coordinator, offer, budget),
                (seen, stream) -> reply(coordinator, offer, race, coordAtMs, seen, stream));
  }

  /** Asked for only where the other end said where it is, and may have said so. */
  private CompletableFuture<Optional<InetSocketAddress>> ownStream(
      PeerLink coordinator, CoordMessage offer, Duration budget) {
    InetSocketAddress theirs = offer.stream();
    boolean connects =
        theirs != null && Naming.mayName(coordinator, theirs) && !ownStream.isOwn(theirs);
    return connects
        ? ownStream.find(coordinator, budget)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private boolean isTaken(PeerLink coordinator, CoordMessage offer, long nowNs) {
    return underWay.size() < MAX_UNDER_WAY
        && Naming.mayName(coordinator, offer.advertised())
        && seen.putIfAbsent(offer.source().hex() + offer.requestId(), true) == null
        && byCoordinator.take(coordinator.peer(), nowNs)
        && bySource.take(offer.source(), nowNs);
  }

  private PunchRace race(CoordMessage offer, long fireAtNs, long nowNs) {
    String key = offer.source().hex() + offer.requestId();
    PunchRace race =
        new PunchRace(
            Shots.once(),
            PortPrediction.WINDOW + 1,
            fireAtNs,
            fireAtNs + context.handshakeTimeout().toNanos(),
            new PunchRace.Output() {
              @Override
              public void fire(Candidate candidate, int shot) {
                races.fire(offer.source(), candidate);
              }

              @Override
              public void missed(long missedNs) {
                underWay.remove(key);
              }
            });
    underWay.put(key, race);
    for (Candidate candidate : predictor.of(offer.advertised(), offer.observed(), 1, List.of())) {
      race.add(candidate, nowNs);
    }
    return race;
  }

  private boolean reply(
      PeerLink coordinator,
      CoordMessage offer,
      PunchRace race,
      long coordAtMs,
      OwnEndpoint.Seen found,
      Optional<InetSocketAddress> stream) {
    CoordMessage reply =
        offer.reply(coordAtMs, found.advertised(), found.observed(), stream.orElse(null));
    coordinator.control(EnvelopeCodec.encode(reply.toEnvelope()));
    InetSocketAddress theirs = offer.stream();
    return stream.isPresent()
        && theirs != null
        && race.add(Candidate.stream(theirs), context.clockNs().getAsLong());
  }

  /** A session with a peer stands that no relay is between. */
  void met(PeerId peer) {
    underWay
        .entrySet()
        .removeIf(
            entry -> {
              boolean isTheirs = entry.getKey().startsWith(peer.hex());
              if (isTheirs) {
                entry.getValue().end();
              }
              return isTheirs;
            });
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  void onTimer(long nowNs) {
    for (PunchRace race : List.copyOf(underWay.values())) {
      race.onTimer(nowNs);
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} for never. */
  long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (PunchRace race : underWay.values()) {
      next = Math.min(next, race.nextDeadlineNs());
    }
    return next;
  }
}
