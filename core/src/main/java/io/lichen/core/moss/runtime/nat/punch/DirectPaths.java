// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.dial.PeerAddress;
import io.lichen.core.moss.runtime.nat.DirectPath;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.nat.NatPart;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.PunchCounters;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.nat.path.PairTable;
import io.lichen.nat.path.PathAttempt;
import io.lichen.nat.path.PathEnd;
import io.lichen.nat.path.ShortProbe;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import io.lichen.nat.punch.Candidate;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Direct paths and hole punching of a node: the attempts under way, and its part in others'. */
public final class DirectPaths implements DirectPath, NatPart {
  /** Attempts at a time. */
  static final int MAX_ATTEMPTS = 64;

  private final NatContext context;
  private final PunchCounters counters;
  private final PeerRaces races;
  private final OwnEndpoint own;
  private final PunchInitiator initiator;
  private final PunchResponder responder;
  private final PunchCoordinator coordinator;
  private final Map<PeerId, Attempt> attempts = new HashMap<>();

  private final class Attempt implements PathAttempt.Output {
    final PeerId target;
    final List<String> addresses;
    final PathAttempt engine;
    final CompletableFuture<PathEnd> result = new CompletableFuture<>();

    Attempt(PeerId target, long deadlineNs, boolean force) {
      this.target = target;
      KnownPeer known = context.known().get(target);
      this.addresses = known == null ? List.of() : known.addresses();
      this.engine = new PathAttempt(terms(known, addresses, force), deadlineNs, this);
    }

    @Override
    public void dial(long budgetNs, long nowNs) {
      List<CompletableFuture<Void>> dials = new ArrayList<>();
      for (String address : addresses) {
        dials.add(connect(address).orTimeout(budgetNs, TimeUnit.NANOSECONDS));
      }
      var unused =
          CompletableFuture.allOf(dials.toArray(new CompletableFuture<?>[0]))
              .whenComplete((done, e) -> context.loop().execute(this::dialled));
    }

    private CompletableFuture<Void> connect(String address) {
      try {
        PeerAddress parsed = PeerAddress.parse(address);
        boolean isNatLikely = isNatLikely(context.known().get(target), address);
        return isNatLikely ? context.dialer().probe(parsed) : context.dialer().connect(parsed);
      } catch (IllegalArgumentException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    /** Whoever answered there: what counts is whether there is a session with the peer now. */
    private void dialled() {
      long nowNs = context.clockNs().getAsLong();
      if (isDirect(target)) {
        engine.connected(nowNs);
      } else {
        engine.dialFailed(nowNs);
      }
    }

    @Override
    public void punch(long budgetNs, long nowNs) {
      initiator.begin(
          target,
          candidates(),
          nowNs + budgetNs,
          end -> engine.punchFailed(context.clockNs().getAsLong()),
          nowNs);
    }

    private List<Candidate> candidates() {
      List<Candidate> known = new ArrayList<>();
      for (String address : addresses) {
        Endpoint.parse(address)
            .filter(Endpoint::isDialable)
            .map(e -> Candidate.known(new InetSocketAddress(e.host(), e.port())))
            .ifPresent(known::add);
      }
      return known;
    }

    @Override
    public void over(PathEnd end, long nowNs) {
      attempts.remove(target, this);
      initiator.cancel(target, nowNs);
      (end == PathEnd.DIRECT ? counters.pathsDirect : counters.pathsMissed).increment();
      result.complete(end);
    }
  }

  /** Makes them, and takes the messages of hole punching from now on. */
  public DirectPaths(NatContext context) {
    this.context = context;
    this.counters = context.counters().punch;
    this.races = new PeerRaces(context);
    own = new OwnEndpoint(context, races::flows);
    this.initiator = new PunchInitiator(context, own, races, new Coordinators(context)::of);
    this.responder = new PunchResponder(context, own, races);
    this.coordinator = new PunchCoordinator(context);
    context.parts().handle(EnvelopeType.HOLE_PUNCH_COORD, this::onCoord);
  }

  @Override
  public CompletableFuture<PathEnd> connect(PeerId target, Duration timeout, boolean force) {
    CompletableFuture<PathEnd> result = new CompletableFuture<>();
    context.loop().execute(() -> begin(target, timeout, force, result));
    return result;
  }

  private void begin(
      PeerId target, Duration timeout, boolean force, CompletableFuture<PathEnd> result) {
    if (isDirect(target)) {
      result.complete(PathEnd.DIRECT);
      return;
    }
    Attempt attempt = attempts.get(target);
    boolean fresh = attempt == null;
    if (fresh && attempts.size() >= MAX_ATTEMPTS) {
      counters.pathsRefused.increment();
      result.complete(PathEnd.EXHAUSTED);
      return;
    }
    long nowNs = context.clockNs().getAsLong();
    if (attempt == null) {
      attempt = new Attempt(target, nowNs + timeout.toNanos(), force);
      attempts.put(target, attempt);
    }
    var unused = attempt.result.thenAccept(result::complete);
    if (fresh) {
      attempt.engine.start(nowNs);
    }
  }

  private PathAttempt.Terms terms(
      @Nullable KnownPeer known, List<String> addresses, boolean force) {
    boolean shortProbe = addresses.stream().allMatch(address -> isNatLikely(known, address));
    NatType remote = typeOf(known);
    NatType local = context.parts().profile().type();
    boolean punchable = force || !PairTable.prefersRelay(local, remote);
    return new PathAttempt.Terms(!addresses.isEmpty(), shortProbe, punchable);
  }

  private static boolean isNatLikely(@Nullable KnownPeer known, String address) {
    boolean reachable = known != null && known.isReachable();
    return ShortProbe.applies(address, false, reachable, typeOf(known));
  }

  private static NatType typeOf(@Nullable KnownPeer known) {
    return known == null ? NatType.UNKNOWN : known.natType();
  }

  private boolean isDirect(PeerId peer) {
    return context.peers().isDirect(peer);
  }

  private void onCoord(PeerLink from, Envelope envelope, long nowNs) {
    CoordMessage message = CoordMessage.of(envelope).orElse(null);
    if (message == null) {
      counters.malformed.increment();
    } else if (!message.target().equals(context.identity().peerId())) {
      coordinator.onMessage(from, message, envelope, nowNs);
    } else if (message.offer()) {
      responder.onOffer(from, message, nowNs);
    } else {
      initiator.onReply(from, message, nowNs);
    }
  }

  @Override
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    PeerId peer = link.peer();
    if (!isDirect(peer)) {
      return;
    }
    Attempt attempt = attempts.get(peer);
    if (attempt != null) {
      attempt.engine.connected(nowNs);
    }
    races.end(peer);
    responder.met(peer);
  }

  @Override
  public void profileChanged(NatProfile before, NatProfile now, long nowNs) {
    own.forget();
  }

  @Override
  public long nextDeadlineNs() {
    long next = Math.min(initiator.nextDeadlineNs(), responder.nextDeadlineNs());
    for (Attempt attempt : attempts.values()) {
      next = Math.min(next, attempt.engine.nextDeadlineNs());
    }
    return next;
  }

  @Override
  public void onTimer(long nowNs) {
    initiator.onTimer(nowNs);
    responder.onTimer(nowNs);
    for (Attempt attempt : List.copyOf(attempts.values())) {
      attempt.engine.onTimer(nowNs);
    }
  }

  @Override
  public void stop() {
    long nowNs = context.clockNs().getAsLong();
    List.copyOf(attempts.values()).forEach(attempt -> attempt.engine.cancel(nowNs));
    races.endAll();
  }
}
