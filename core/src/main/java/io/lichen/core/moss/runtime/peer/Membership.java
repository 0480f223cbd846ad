// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.MossSession;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides which sessions become registered, and what happens when they come and go
 * (docs/wire/moss-mesh.md, "Session registration and duplicates"). The node's loop only.
 *
 * <p>A second session to a connected peer that the rule would refuse is held for a moment while the
 * first is probed: if the peer has crashed and come back, the first is dead and nobody has noticed.
 */
public final class Membership {
  /** What became of a session. */
  public enum Outcome {
    /** It is registered. */
    REGISTERED,
    /** Its peer is registered already, and the older session stays unless it proves to be dead. */
    ALREADY_CONNECTED,
    /** It led to this very node. */
    SELF,
    /** There is no room for it. */
    TABLE_FULL
  }

  /** What the outside wants to know of comings and goings. */
  public interface Observer {
    /**
     * A link has been registered.
     *
     * @param replaced whether it took the place of another to the same peer
     */
    void joined(PeerLink link, boolean replaced, long nowNs);

    /**
     * A link is no longer registered.
     *
     * @param replaced whether another to the same peer takes its place at once
     */
    void left(PeerLink link, CloseReason reason, boolean replaced, long nowNs);
  }

  /** How a link is made of a session. */
  @FunctionalInterface
  public interface LinkFactory {
    /** Makes a link; the session is not started. */
    PeerLink make(MossSession session, long nowNs);
  }

  /**
   * How many sessions without a relay between there may be.
   *
   * @param peers {@code max_peers}
   * @param upgrades how many more if each takes the place of a relayed one
   */
  public record Places(int peers, int upgrades) {}

  private record Held(MossSession session, long untilNs) {}

  private static final long HOLD_NS = 3 * Liveness.PROBE_TIMEOUT_NS;

  private final PeerId localId;
  private final DuplicateSessionRule rule;
  private final PeerTable peers;
  private final OverflowVictim overflow;
  private final Places places;
  private final LinkFactory links;
  private final Observer observer;
  private final Map<PeerId, Held> held = new HashMap<>();

  public Membership(
      PeerId localId,
      DuplicateSessionRule rule,
      PeerTable peers,
      OverflowVictim overflow,
      Places places,
      LinkFactory links,
      Observer observer) {
    this.localId = localId;
    this.rule = rule;
    this.peers = peers;
    this.overflow = overflow;
    this.places = places;
    this.links = links;
    this.observer = observer;
  }

  /** Decides about a session whose handshake is complete. */
  public Outcome admit(MossSession session, long nowNs) {
    PeerId peer = session.remoteId();
    if (peer.equals(localId)) {
      session.close(CloseReason.SELF);
      return Outcome.SELF;
    }
    PeerLink existing = peers.get(peer);
    if (existing != null && !existing.session().isOpen()) {
      closed(existing, CloseReason.REMOTE_CLOSED, nowNs);
      existing = null;
    }
    if (existing == null) {
      return admitNew(session, nowNs);
    }
    if (newWins(existing, session)) {
      boolean upgrade = existing.session().isRelayed() && !session.isRelayed();
      if (upgrade && !mayUpgrade() && !hasRoomFor(session, nowNs)) {
        return Outcome.TABLE_FULL;
      }
      replace(existing, session, nowNs);
      return Outcome.REGISTERED;
    }
    hold(existing, session, nowNs);
    return Outcome.ALREADY_CONNECTED;
  }

  /** Whether a session without a relay between would find room that nobody has to leave. */
  public boolean hasRoomFor(PeerId peer) {
    return peers.directSize() < places.peers() || overflow.isAlwaysAdmitted(peer);
  }

  /**
   * To the peer its relayed session is over as soon as it has a direct one: a refusal would cut it
   * off.
   */
  private boolean mayUpgrade() {
    return peers.directSize() < (long) places.peers() + places.upgrades();
  }

  /** The session of a link has ended. */
  public void closed(PeerLink link, CloseReason reason, long nowNs) {
    if (!peers.remove(link)) {
      return;
    }
    observer.left(link, reason, false, nowNs);
    Held candidate = held.remove(link.peer());
    if (candidate != null && candidate.session().isOpen()) {
      register(candidate.session(), false, nowNs);
    }
  }

  /** A peer has shown that its registered session is alive. */
  public void alive(PeerLink link) {
    Held candidate = held.remove(link.peer());
    if (candidate != null) {
      candidate.session().close(CloseReason.DUPLICATE);
    }
  }

  /** Looks after held sessions; to be called a few times a second. */
  public void tick(long nowNs) {
    for (Map.Entry<PeerId, Held> entry : Map.copyOf(held).entrySet()) {
      Held candidate = entry.getValue();
      PeerLink existing = peers.get(entry.getKey());
      if (!candidate.session().isOpen()) {
        held.remove(entry.getKey());
      } else if (existing != null && existing.liveness().misses() > 0) {
        held.remove(entry.getKey());
        replace(existing, candidate.session(), nowNs);
      } else if (nowNs - candidate.untilNs() >= 0) {
        held.remove(entry.getKey());
        candidate.session().close(CloseReason.DUPLICATE);
      }
    }
  }

  private boolean newWins(PeerLink existing, MossSession fresh) {
    return rule.newWins(
        fresh.remoteId(),
        candidate(existing.session()),
        existing.liveness().misses(),
        candidate(fresh));
  }

  private static DuplicateSessionRule.Candidate candidate(MossSession session) {
    return new DuplicateSessionRule.Candidate(session.carrier(), session.outbound());
  }

  private Outcome admitNew(MossSession session, long nowNs) {
    if (!hasRoomFor(session, nowNs)) {
      return Outcome.TABLE_FULL;
    }
    register(session, false, nowNs);
    return Outcome.REGISTERED;
  }

  /** Relayed sessions are not counted here: whoever makes them bounds them. */
  private boolean hasRoomFor(MossSession session, long nowNs) {
    if (session.isRelayed() || hasRoomFor(session.remoteId())) {
      return true;
    }
    PeerLink victim = overflow.choose(nowNs).orElse(null);
    if (victim == null) {
      session.close(CloseReason.TABLE_FULL);
      return false;
    }
    victim.session().close(CloseReason.TABLE_FULL);
    closed(victim, CloseReason.TABLE_FULL, nowNs);
    return true;
  }

  private void replace(PeerLink existing, MossSession session, long nowNs) {
    peers.remove(existing);
    observer.left(existing, CloseReason.DUPLICATE, true, nowNs);
    alive(existing);
    register(session, true, nowNs);
    // Last: until then publishers find it open, and from then on they wait for the new one.
    existing.session().close(CloseReason.DUPLICATE);
  }

  private void register(MossSession session, boolean replaced, long nowNs) {
    PeerLink link = links.make(session, nowNs);
    peers.put(link);
    observer.joined(link, replaced, nowNs);
  }

  private void hold(PeerLink existing, MossSession session, long nowNs) {
    existing.liveness().probe(nowNs);
    if (held.putIfAbsent(session.remoteId(), new Held(session, nowNs + HOLD_NS)) != null) {
      session.close(CloseReason.DUPLICATE);
    }
  }
}
