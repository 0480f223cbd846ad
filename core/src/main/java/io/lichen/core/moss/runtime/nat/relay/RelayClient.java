// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.RelayedData;
import io.lichen.core.moss.runtime.dial.KnownPeer;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.nat.relay.RelayEnds.Bound;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.PeerAnnouncement;
import io.lichen.core.work.EventQueue;
import io.lichen.core.work.Offload;
import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.NatType;
import io.lichen.nat.relay.RelayCandidate;
import io.lichen.nat.relay.RelayEndLimits;
import io.lichen.nat.relay.RelayEndOutput;
import io.lichen.nat.relay.RelayRate;
import io.lichen.nat.relay.RelaySession;
import io.lichen.nat.relay.RelaySessions;
import io.lichen.transport.moss.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This node as an end of sessions through relays (docs/wire/moss-nat.md, "At the ends"). The node's
 * loop only, but for what says otherwise.
 */
final class RelayClient implements RelayEndOutput<PeerId>, RelayedSession.Owner {
  private static final int HIGH_WATER_BYTES = 1 << 20;
  private static final int MAX_QUEUED_BYTES = 16 << 20;
  private static final int NAME_BYTES = 16;

  /** What was found out about a request or an answer beside the loop. */
  private record Checked(boolean signed, Optional<byte[]> secret, byte[] answer) {}

  private final NatContext context;
  private final PeerId localId;
  private final Offload offload;
  private final RelayCounters counters;
  private final EventQueue<RelayedData> data;
  private final RelaySessions<PeerId> sessions;
  private final RelayEnds ends;
  private final RelayMigrations migrations = new RelayMigrations(this::migrated);
  private final Map<PeerId, List<CompletableFuture<Relays.RelayPath>>> waiters = new HashMap<>();

  RelayClient(
      NatContext context,
      RelayRate rate,
      Offload offload,
      RelayCounters counters,
      EventQueue<RelayedData> data) {
    this.context = context;
    this.localId = context.identity().peerId();
    this.offload = offload;
    this.counters = counters;
    this.data = data;
    this.sessions = new RelaySessions<>(RelayEndLimits.defaults(), this::newName, this);
    RelayedSession.Shared shared =
        new RelayedSession.Shared(
            context.executor(),
            HIGH_WATER_BYTES,
            MAX_QUEUED_BYTES,
            context.counters(),
            counters,
            this);
    this.ends = new RelayEnds(context, rate, shared);
  }

  /** The open sessions. */
  RelayEnds ends() {
    return ends;
  }

  /** Opens a session; see {@link Relays#open}. */
  void open(
      PeerId target, Duration timeout, CompletableFuture<Relays.RelayPath> waiter, long nowNs) {
    Bound known = ends.latest(target);
    if (known != null) {
      waiter.complete(path(known));
      return;
    }
    waiters.computeIfAbsent(target, peer -> new ArrayList<>()).add(waiter);
    if (!sessions.begin(target, candidates(target), timeout.toNanos(), nowNs)) {
      failed(target);
    }
  }

  /** Relays for a target, the best first. */
  List<PeerId> candidates(PeerId target) {
    Map<PeerId, Integer> load = sessions.load();
    List<RelayCandidate<PeerId>> connected = new ArrayList<>();
    for (PeerLink link : context.peers().all()) {
      KnownPeer known = context.known().get(link.peer());
      PeerAnnouncement status = known == null ? null : known.status();
      if (status != null) {
        connected.add(candidate(link, status, load.getOrDefault(link.peer(), 0)));
      }
    }
    return RelayCandidate.inOrder(target, connected);
  }

  private RelayCandidate<PeerId> candidate(PeerLink link, PeerAnnouncement status, int load) {
    NatType type = NatType.of(status.natType());
    return new RelayCandidate<>(
        link.peer(),
        status.relayCapable(),
        status.reachable(),
        type == NatType.PUBLIC || type == NatType.FULL_CONE,
        link.session().isRelayed(),
        context.gossip().score(link.peer()),
        load);
  }

  /** The session to a peer. */
  Optional<Relays.RelayPath> path(PeerId target) {
    return Optional.ofNullable(ends.latest(target)).map(RelayClient::path);
  }

  private static Relays.RelayPath path(Bound bound) {
    RelaySession<PeerId> session = bound.session();
    return new Relays.RelayPath(session.via(), session.name(), bound.joined() != null);
  }

  /** A message for this node. */
  void received(PeerLink from, PeerId source, EnvelopeType type, Envelope envelope) {
    String name = envelope.relaySession();
    switch (type) {
      case RELAY_REQUEST -> onRequest(from, source, envelope);
      case RELAY_ACCEPT -> onAccept(from, source, envelope);
      case RELAY_DATA -> onData(from.peer(), source, name, envelope.payload());
      default ->
          sessions
              .find(from.peer(), source, name)
              .ifPresentOrElse(this::closedByRemote, counters.strays::increment);
    }
  }

  /** Of two ends with a direct session the one that has waited long enough first says so. */
  private void closedByRemote(RelaySession<PeerId> session) {
    end(session);
    if (context.peers().isDirect(session.remote())) {
      tellMigrated(session);
    }
  }

  private void onRequest(PeerLink via, PeerId source, Envelope request) {
    if (!sessions.mayGrant(via.peer(), source, request.relaySession())
        || !check(request, source, checked -> granted(via, source, request, checked))) {
      counters.notGranted.increment();
    }
  }

  private void granted(PeerLink via, PeerId source, Envelope request, Checked checked) {
    if (!checked.signed()) {
      counters.forged.increment();
      return;
    }
    RelaySession<PeerId> session =
        sessions.requested(via.peer(), source, request.relaySession()).orElse(null);
    if (session == null) {
      counters.notGranted.increment();
      return;
    }
    via.control(checked.answer());
    if (!ends.contains(session.name())) {
      opened(session, source, checked.secret());
    }
  }

  private void onAccept(PeerLink via, PeerId source, Envelope accept) {
    if (!sessions.awaits(via.peer(), source, accept.relaySession())) {
      counters.strays.increment();
    } else if (!check(accept, source, checked -> accepted(via, source, accept, checked))) {
      counters.notGranted.increment();
    }
  }

  private void accepted(PeerLink via, PeerId source, Envelope accept, Checked checked) {
    if (checked.signed()) {
      sessions
          .accepted(via.peer(), source, accept.relaySession())
          .ifPresent(session -> opened(session, source, checked.secret()));
    } else {
      counters.forged.increment();
    }
  }

  /** Has a signature looked at, and what it would take to go on prepared, beside the loop. */
  private boolean check(Envelope envelope, PeerId source, Consumer<Checked> then) {
    byte[] remoteStatic = context.known().noiseStatic(source);
    return offload.submit(() -> check(envelope, source, remoteStatic), then);
  }

  private Checked check(Envelope envelope, PeerId source, byte @Nullable [] remoteStatic) {
    if (!Announcements.verify(envelope)) {
      return new Checked(false, Optional.empty(), new byte[0]);
    }
    Optional<byte[]> secret =
        Optional.ofNullable(remoteStatic)
            .flatMap(key -> TunnelKeys.secret(context.identity(), key));
    RelaySession<PeerId> answered =
        new RelaySession<>(envelope.relaySession(), source, source, false);
    boolean isRequest = EnvelopeType.of(envelope.type()) == EnvelopeType.RELAY_REQUEST;
    byte[] answer = isRequest ? RelayEnvelopes.accept(answered, context.identity()) : new byte[0];
    return new Checked(true, secret, answer);
  }

  private void opened(RelaySession<PeerId> session, PeerId remote, Optional<byte[]> secret) {
    PeerLink via = context.peers().get(session.via());
    byte[] remoteStatic = context.known().noiseStatic(remote);
    counters.opened.increment();
    if (via == null) {
      sessions.end(session);
      return;
    }
    if (secret.isPresent() && remoteStatic != null) {
      ends.addSealed(session, secret.get(), remoteStatic, via, nowNs());
    } else {
      ends.addRaw(session);
    }
    Bound bound = ends.get(session.name());
    List<CompletableFuture<Relays.RelayPath>> waiting = waiters.remove(remote);
    if (waiting != null && bound != null) {
      waiting.forEach(waiter -> waiter.complete(path(bound)));
    }
  }

  private void onData(PeerId via, PeerId source, String name, byte[] payload) {
    Bound bound = sessions.find(via, source, name).isPresent() ? ends.get(name) : null;
    if (bound == null) {
      counters.strays.increment();
      return;
    }
    RelayedSession joined = bound.joined();
    Tunnel tunnel = bound.tunnel();
    if (joined != null && tunnel != null) {
      joined.receive(tunnel, payload);
    } else {
      data(source, payload, false);
    }
  }

  /** A peer has a session of its own now, or another one: the way to relays may have changed. */
  void joined(PeerLink link, boolean replaced) {
    if (link.session().isRelayed()) {
      left(link.peer());
    } else if (replaced) {
      ends.rerouted(link);
    }
  }

  /** A peer without a relay between is gone. */
  void left(PeerId via) {
    ends.left(via);
    sessions.left(via, nowNs()).forEach(session -> ends.drop(session.name()));
  }

  /** When {@link #onTimer} is due. */
  long nextDeadlineNs() {
    return sessions.nextDeadlineNs();
  }

  /** Goes on with what is due. */
  void onTimer(long nowNs) {
    sessions.onTimer(nowNs);
  }

  /** Looks after migrations, and after sessions without a key; a few times a second. */
  void tick(long nowNs) {
    migrations.tick(nowNs);
    ends.tick(nowNs);
    for (Bound bound : List.copyOf(ends.all())) {
      if (bound.tunnel() == null) {
        tickRaw(bound.session());
      }
    }
  }

  /** A peer with a session of its own needs no other; one whose key has come can be one. */
  private void tickRaw(RelaySession<PeerId> session) {
    PeerId remote = session.remote();
    byte[] remoteStatic = context.known().noiseStatic(remote);
    if (context.peers().isDirect(remote)) {
      end(session);
      sendClose(session);
      tellMigrated(session);
    } else if (remoteStatic != null) {
      var unused =
          offload.submit(
              () -> TunnelKeys.secret(context.identity(), remoteStatic),
              secret -> keyFound(session, secret, remoteStatic));
    }
  }

  private void keyFound(
      RelaySession<PeerId> session, Optional<byte[]> secret, byte[] remoteStatic) {
    Bound bound = ends.get(session.name());
    PeerLink via = context.peers().get(session.via());
    if (bound != null && bound.tunnel() == null && via != null && secret.isPresent()) {
      ends.addSealed(session, secret.get(), remoteStatic, via, nowNs());
    }
  }

  private void migrated(RelayedSession joined) {
    for (Bound bound : ends.to(joined.remoteId())) {
      if (joined.equals(bound.joined())) {
        end(bound.session());
        sendClose(bound.session());
        tellMigrated(bound.session());
      }
    }
    ends.forget(joined);
  }

  private void tellMigrated(RelaySession<PeerId> session) {
    counters.migrated.increment();
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("peer", session.remote().hex());
    detail.put("session", session.name());
    detail.put("via", session.via().hex());
    context.events().add(new MossEvent(MossEvent.Type.RELAY_MIGRATED, detail));
  }

  private void end(RelaySession<PeerId> session) {
    sessions.end(session);
    ends.drop(session.name());
  }

  private void sendClose(RelaySession<PeerId> session) {
    PeerLink via = context.peers().get(session.via());
    if (via != null) {
      via.control(RelayEnvelopes.close(session, localId));
    }
  }

  @Override
  public void request(RelaySession<PeerId> session) {
    var unused =
        offload.submit(
            () -> RelayEnvelopes.request(session, context.identity()),
            encoded -> {
              PeerLink via = context.peers().get(session.via());
              if (via != null) {
                via.control(encoded);
              }
            });
  }

  @Override
  public void abandoned(RelaySession<PeerId> session) {
    sendClose(session);
    ends.drop(session.name());
  }

  @Override
  public void failed(PeerId target) {
    counters.failed.increment();
    List<CompletableFuture<Relays.RelayPath>> waiting = waiters.remove(target);
    if (waiting != null) {
      MossException why = new MossException(MossError.RELAY_FAILED, "no relay leads to " + target);
      waiting.forEach(waiter -> waiter.completeExceptionally(why));
    }
  }

  @Override
  public void closed(RelayedSession joined, CloseReason reason, boolean draining) {
    context.loop().execute(() -> onClosed(joined, draining));
  }

  private void onClosed(RelayedSession joined, boolean draining) {
    if (draining) {
      migrations.begin(joined, nowNs());
      return;
    }
    for (Bound bound : ends.to(joined.remoteId())) {
      if (joined.equals(bound.joined())) {
        end(bound.session());
        sendClose(bound.session());
      }
    }
    ends.forget(joined);
  }

  /** What a native did not wait for: it closes the way a second after it has a direct one. */
  @Override
  public void leftOver(RelayedSession joined, List<byte[]> envelopes) {
    context
        .loop()
        .execute(
            () -> {
              PeerLink direct = context.peers().get(joined.remoteId());
              if (direct != null && !direct.session().isRelayed()) {
                envelopes.forEach(direct::control);
              }
            });
  }

  @Override
  public void data(PeerId sender, byte[] payload, boolean sealed) {
    data.add(new RelayedData(sender, payload, sealed));
  }

  private String newName() {
    byte[] octets = new byte[NAME_BYTES];
    context.random().nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  private long nowNs() {
    return context.clockNs().getAsLong();
  }
}
