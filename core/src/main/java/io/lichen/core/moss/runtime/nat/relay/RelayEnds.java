// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayRate;
import io.lichen.nat.relay.RelaySession;
import io.lichen.transport.moss.CloseReason;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of which this node is an end: which way each of them is, and to which peer's
 * session it belongs. The node's loop only.
 */
final class RelayEnds {
  /**
   * An open session.
   *
   * @param tunnel its sealed way; {@code null} as long as the other end's key is not known
   * @param joined the peer's session; {@code null} likewise
   */
  record Bound(
      RelaySession<PeerId> session, @Nullable Tunnel tunnel, @Nullable RelayedSession joined) {}

  /** A peer that says nothing for so long may have lost its session. */
  private static final long SILENCE_NS = 2_000_000_000L;

  private final NatContext context;
  private final String networkId;
  private final RelayRate rate;
  private final RelayedSession.Shared shared;
  private final Map<String, Bound> bound = new LinkedHashMap<>();
  private final Map<PeerId, RelayedSession> peers = new HashMap<>();
  private final Map<PeerId, RelayPace> paces = new HashMap<>();

  RelayEnds(NatContext context, RelayRate rate, RelayedSession.Shared shared) {
    this.context = context;
    this.networkId = context.config().networkId();
    this.rate = rate;
    this.shared = shared;
  }

  /** Adds a session whose other end's key is not known: it carries raw data. */
  void addRaw(RelaySession<PeerId> session) {
    bound.put(session.name(), new Bound(session, null, null));
  }

  /**
   * Gives a session its sealed way; the peer at its other end joins the mesh by it, unless it is
   * there already.
   */
  void addSealed(
      RelaySession<PeerId> session, byte[] secret, byte[] remoteStatic, PeerLink via, long nowNs) {
    Tunnel tunnel =
        new Tunnel(
            session,
            context.identity().peerId(),
            networkId,
            secret,
            via,
            pace(session.via(), nowNs),
            context.random());
    RelayedSession known = peers.get(session.remote());
    if (known != null && hasBegunAnew(known, session, nowNs)) {
      known.close(CloseReason.REMOTE_CLOSED);
    }
    if (known != null && known.isOpen()) {
      known.add(tunnel);
      bound.put(session.name(), new Bound(session, tunnel, known));
      return;
    }
    RelayedSession joined = new RelayedSession(tunnel, remoteStatic, shared);
    bound.put(session.name(), new Bound(session, tunnel, joined));
    peers.put(session.remote(), joined);
    context.membership().admit(joined, nowNs);
  }

  /**
   * Who asks has no session any more, unless both have asked at the same time, or it speaks through
   * one still; and knows nothing any more of what it was told in the one that was.
   */
  private static boolean hasBegunAnew(
      RelayedSession known, RelaySession<PeerId> asked, long nowNs) {
    return !asked.initiator() && nowNs - known.lastReceivedNs() >= SILENCE_NS;
  }

  /** How fast may be sent through a relay. */
  RelayPace pace(PeerId via, long nowNs) {
    return paces.computeIfAbsent(via, peer -> new RelayPace(rate, context.random(), nowNs));
  }

  /** A relay has answered a ping, of whatever kind. */
  void answered(PeerId via, String pingId) {
    RelayPace pace = paces.get(via);
    if (pace != null) {
      pace.window().answered(pingId);
    }
  }

  /** Forgets what tells nothing; to be called now and then. */
  void tick(long nowNs) {
    paces.entrySet().removeIf(each -> each.getValue().isUnused(nowNs) && !leadsVia(each.getKey()));
  }

  private boolean leadsVia(PeerId via) {
    return bound.values().stream().anyMatch(each -> each.session().via().equals(via));
  }

  /** What stands for a session. */
  @Nullable Bound get(String name) {
    return bound.get(name);
  }

  /** Whether a session is one of these. */
  boolean contains(String name) {
    return bound.containsKey(name);
  }

  /** The latest session to a peer; {@code null} if there is none that could be used. */
  @Nullable Bound latest(PeerId remote) {
    Bound latest = null;
    for (Bound each : bound.values()) {
      RelayedSession joined = each.joined();
      boolean usable = joined == null || joined.isOpen();
      if (usable && each.session().remote().equals(remote)) {
        latest = each;
      }
    }
    return latest;
  }

  /** All of them; must not be kept. */
  Collection<Bound> all() {
    return bound.values();
  }

  /** Those to one peer. */
  List<Bound> to(PeerId remote) {
    return bound.values().stream().filter(b -> b.session().remote().equals(remote)).toList();
  }

  /** A session is over, for whatever reason. */
  void drop(String name) {
    Bound gone = bound.remove(name);
    if (gone == null) {
      return;
    }
    RelayedSession joined = gone.joined();
    Tunnel tunnel = gone.tunnel();
    if (joined != null && tunnel != null) {
      joined.remove(tunnel);
    }
  }

  /** A peer's session is over. */
  void forget(RelayedSession joined) {
    peers.remove(joined.remoteId(), joined);
  }

  /** Another session with a relay has taken the place of the one there was. */
  void rerouted(PeerLink via) {
    left(via.peer());
    for (Bound each : bound.values()) {
      Tunnel tunnel = each.tunnel();
      if (tunnel != null && each.session().via().equals(via.peer())) {
        tunnel.via(via);
      }
    }
  }

  /** The session with a relay is over. What the relay has been sent it may remember. */
  void left(PeerId via) {
    RelayPace pace = paces.get(via);
    if (pace != null) {
      pace.window().restart();
    }
  }
}
