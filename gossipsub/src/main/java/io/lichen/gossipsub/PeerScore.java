// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engine's own opinion of peers: first deliveries count for them, invalid messages against
 * them, and both fade (docs/wire/moss-gossip.md, "Scores"). A peer's record outlives its session,
 * so that reconnecting does not wash it clean, until it has faded or too many are kept.
 * Single-threaded.
 */
final class PeerScore {
  private static final double FIRST_DELIVERY_WEIGHT = 0.66;
  private static final double INVALID_WEIGHT = -10;
  private static final double FIRST_DELIVERY_CAP = 50;
  private static final double FIRST_DELIVERY_HALF_LIFE_MS = 60_000;
  private static final double INVALID_HALF_LIFE_MS = 120_000;
  private static final double FORGOTTEN_BELOW = 0.1;

  /** What is counted about one peer. */
  static final class Tally {
    private double firstDeliveries;
    private double invalid;

    private double base() {
      return FIRST_DELIVERY_WEIGHT * firstDeliveries + INVALID_WEIGHT * invalid;
    }

    private boolean isForgotten() {
      return firstDeliveries == 0 && invalid == 0;
    }
  }

  private final GossipSubHost host;
  private final Counters counters;
  private final int maxRetained;
  private final double firstDeliveryDecay;
  private final double invalidDecay;

  /** Records of peers that are gone, the one gone longest first. */
  private final Map<PeerId, Tally> retained = new LinkedHashMap<>();

  PeerScore(GossipSubHost host, MeshParams mesh, CacheParams caches, Counters counters) {
    this.host = host;
    this.counters = counters;
    this.maxRetained = caches.maxRetainedScores();
    this.firstDeliveryDecay = Math.pow(0.5, mesh.heartbeatMs() / FIRST_DELIVERY_HALF_LIFE_MS);
    this.invalidDecay = Math.pow(0.5, mesh.heartbeatMs() / INVALID_HALF_LIFE_MS);
  }

  Tally recordOf(PeerId peer) {
    Tally kept = retained.remove(peer);
    return kept == null ? new Tally() : kept;
  }

  void retain(PeerState peer) {
    if (!peer.tally.isForgotten()) {
      retain(peer.id, peer.tally);
    }
  }

  private void retain(PeerId peer, Tally tally) {
    if (maxRetained == 0) {
      return;
    }
    if (retained.size() >= maxRetained) {
      Iterator<PeerId> oldest = retained.keySet().iterator();
      oldest.next();
      oldest.remove();
      counters.scoresEvicted++;
    }
    retained.put(peer, tally);
  }

  void firstDelivery(PeerState peer) {
    Tally tally = peer.tally;
    if (tally.firstDeliveries < FIRST_DELIVERY_CAP) {
      tally.firstDeliveries++;
    }
  }

  void invalid(PeerState peer) {
    counters.invalid++;
    peer.tally.invalid++;
    refresh(peer);
  }

  /** An invalid message of a peer that is not connected any more. */
  void invalid(PeerId peer) {
    counters.invalid++;
    Tally tally = retained.get(peer);
    if (tally == null) {
      tally = new Tally();
      retain(peer, tally);
    }
    tally.invalid++;
  }

  /** Asks the host for the score that counts and keeps it for the hot path. */
  void refresh(PeerState peer) {
    peer.score = effective(peer.id, peer.tally.base());
  }

  /** The score of a peer that is not connected. */
  double retainedScore(PeerId peer) {
    Tally tally = retained.get(peer);
    return effective(peer, tally == null ? 0 : tally.base());
  }

  void decayRetained() {
    retained.values().removeIf(this::decayed);
  }

  void decay(PeerState peer) {
    decayed(peer.tally);
  }

  int retainedCount() {
    return retained.size();
  }

  /** A host that answers with no number leaves the engine's own score. */
  private double effective(PeerId peer, double base) {
    double score = host.score(peer, base);
    return Double.isNaN(score) ? base : score;
  }

  /** Lets a record fade by one heartbeat; true when nothing is left of it. */
  private boolean decayed(Tally tally) {
    tally.firstDeliveries = fade(tally.firstDeliveries * firstDeliveryDecay);
    tally.invalid = fade(tally.invalid * invalidDecay);
    return tally.isForgotten();
  }

  private static double fade(double value) {
    return value < FORGOTTEN_BELOW ? 0 : value;
  }
}
