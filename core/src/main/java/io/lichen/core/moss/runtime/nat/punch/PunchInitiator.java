// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.PunchCounters;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.crypto.PeerId;
import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.CoordTime;
import io.lichen.nat.punch.HolePunch;
import io.lichen.nat.punch.OpenOffers;
import io.lichen.nat.punch.PunchEnd;
import io.lichen.nat.punch.PunchSettings;
import io.lichen.nat.punch.Shots;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The end that wants a punch (docs/wire/moss-nat.md, "Hole punching"). */
final class PunchInitiator {
  /** How long after firing something must lead there before the other end is asked again. */
  private static final long PATIENCE_NS = 1_250_000_000L;

  /** Replies that count for one offer: the coordinator's and some of the other end. */
  private static final int MAX_REPLIES = 4;

  private static final int MAX_CANDIDATES = 64;
  private static final int REQUEST_ID_BYTES = 16;
  private static final long NS_PER_MS = 1_000_000L;
  private static final long MAX_OBSERVE_NS = 750 * NS_PER_MS;

  private final NatContext context;
  private final PunchCounters counters;
  private final OwnEndpoint own;
  private final OwnStream ownStream;
  private final PeerRaces races;
  private final Function<PeerId, List<PeerId>> coordinators;
  private final PunchSettings settings;
  private final RemoteCandidates predictor;
  private final Map<PeerId, Punch> punches = new HashMap<>();
  private final OpenOffers<PeerId, Purpose> offers = new OpenOffers<>(MAX_REPLIES);

  /**
   * What a reply is for.
   *
   * @param inOrder whether this node's own NAT gives out ports in order
   * @param connects whether the other end was told where to connect to
   */
  private record Purpose(Punch punch, boolean inOrder, boolean connects) {}

  private final class Punch implements HolePunch.Output<PeerId> {
    final PeerId target;
    final long deadlineNs;
    final HolePunch<PeerId> engine;
    final Consumer<PunchEnd> whenOver;
    final List<InetSocketAddress> reported = new ArrayList<>();

    Punch(PeerId target, long deadlineNs, Consumer<PunchEnd> whenOver) {
      this.target = target;
      this.deadlineNs = deadlineNs;
      this.whenOver = whenOver;
      this.engine = new HolePunch<>(settings, coordinators.apply(target), deadlineNs, this);
    }

    @Override
    public void ask(PeerId coordinator, int attempt, long nowNs) {
      PeerLink link = context.peers().get(coordinator);
      if (link == null) {
        engine.refused(nowNs);
        return;
      }
      long budgetNs = Math.min(MAX_OBSERVE_NS, (deadlineNs - nowNs) / 3);
      Duration budget = Duration.ofNanos(Math.max(1, budgetNs));
      var unused =
          own.find(link, budget, nowNs)
              .thenCombine(
                  ownStream.find(link, budget),
                  (seen, stream) -> offer(this, coordinator, seen, stream.orElse(null)));
    }

    @Override
    public void fire(Candidate candidate, int shot) {
      races.fire(target, candidate);
    }

    @Override
    public void over(PunchEnd end, long nowNs) {
      punches.remove(target, this);
      offers.close(target);
      whenOver.accept(end);
    }
  }

  /**
   * Makes one.
   *
   * @param coordinators who may coordinate a punch with a peer, the best first
   */
  PunchInitiator(
      NatContext context,
      OwnEndpoint own,
      PeerRaces races,
      Function<PeerId, List<PeerId>> coordinators) {
    this.context = context;
    this.counters = context.counters().punch;
    this.own = own;
    this.ownStream = new OwnStream(context);
    this.races = races;
    this.coordinators = coordinators;
    this.predictor = new RemoteCandidates(context.config().nat().portPredictionEnabled());
    int attempts = Math.clamp(context.config().nat().holePunchAttempts(), 1, 16);
    this.settings = new PunchSettings(attempts, PATIENCE_NS, Shots.once(), MAX_CANDIDATES);
  }

  /**
   * Begins a punch.
   *
   * @param known addresses of the target that are known
   * @param whenOver told once
   */
  void begin(
      PeerId target,
      List<Candidate> known,
      long deadlineNs,
      Consumer<PunchEnd> whenOver,
      long nowNs) {
    Punch punch = new Punch(target, deadlineNs, whenOver);
    Punch former = punches.put(target, punch);
    if (former != null) {
      former.engine.cancel(nowNs);
    }
    known.forEach(candidate -> punch.engine.add(candidate, nowNs));
    punch.engine.start(nowNs);
  }

  private boolean offer(
      Punch punch, PeerId coordinator, OwnEndpoint.Seen seen, @Nullable InetSocketAddress stream) {
    long nowNs = context.clockNs().getAsLong();
    PeerLink link = context.peers().get(coordinator);
    if (punch.engine.isOver()) {
      return false;
    }
    if (link == null) {
      punch.engine.refused(nowNs);
      return false;
    }
    String requestId = newRequestId();
    long coordAtMs = context.clockMs().getAsLong() + CoordTime.LEAD_MS;
    Purpose purpose = new Purpose(punch, seen.observed() != null, stream != null);
    offers.open(requestId, coordinator, punch.target, purpose);
    counters.offersSent.increment();
    CoordMessage offer =
        new CoordMessage(
            requestId,
            true,
            coordAtMs,
            context.identity().peerId(),
            punch.target,
            seen.advertised(),
            seen.observed(),
            stream);
    link.control(EnvelopeCodec.encode(offer.toEnvelope()));
    punch.engine.offered(nowNs + CoordTime.LEAD_MS * NS_PER_MS, nowNs);
    return true;
  }

  private String newRequestId() {
    byte[] octets = new byte[REQUEST_ID_BYTES];
    context.random().nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /** A reply that is for this node; whatever comes before the end of the punch counts. */
  void onReply(PeerLink from, CoordMessage reply, long nowNs) {
    Purpose purpose =
        Naming.mayName(from, reply.advertised())
            ? offers.take(reply.requestId(), from.peer(), reply.source()).orElse(null)
            : null;
    if (purpose == null) {
      counters.repliesRefused.increment();
      return;
    }
    counters.repliesTaken.increment();
    // With ports in order on both sides, one side has to go through them twice as fast to meet.
    int stride = purpose.inOrder() ? 2 : 1;
    Punch punch = purpose.punch();
    punch.reported.add(reply.advertised());
    for (Candidate candidate :
        predictor.of(reply.advertised(), reply.observed(), stride, punch.reported)) {
      punch.engine.add(candidate, nowNs);
    }
    InetSocketAddress stream = reply.stream();
    if (stream != null && purpose.connects() && mayConnect(from, stream)) {
      punch.engine.add(Candidate.stream(stream), nowNs);
    }
  }

  private boolean mayConnect(PeerLink teller, InetSocketAddress stream) {
    return Naming.mayName(teller, stream) && !ownStream.isOwn(stream);
  }

  /** Nobody wants this punch any more. */
  void cancel(PeerId target, long nowNs) {
    Punch punch = punches.get(target);
    if (punch != null) {
      punch.engine.cancel(nowNs);
    }
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  void onTimer(long nowNs) {
    for (Punch punch : List.copyOf(punches.values())) {
      punch.engine.onTimer(nowNs);
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} for never. */
  long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (Punch punch : punches.values()) {
      next = Math.min(next, punch.engine.nextDeadlineNs());
    }
    return next;
  }
}
