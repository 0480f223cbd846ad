// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own opinion of peers, P1 to P7 (docs/wire/moss-gossip.md, "Scores"). What counts
 * against a peer outlives its session, so that reconnecting does not wash it clean, until it has
 * faded, its time is over or too many are kept. Single-threaded.
 */
final class PeerScore {
  private static final double FORGOTTEN_BELOW = 0.1;

  private final GossipSubHost host;
  private final Counters counters;
  private final ScoreParams params;
  private final int maxRetained;
  private final long retainTicks;
  private final double firstDeliveryDecay;
  private final double failureDecay;
  private final double invalidDecay;
  private final double breachDecay;
  private final double sentence;
  private long tick;

  /** Records of peers that are gone, the one gone longest first. */
  private final Map<PeerId, ScoreTally> retained = new LinkedHashMap<>();

  PeerScore(GossipSubHost host, GossipSubParams all, Counters counters) {
    this.host = host;
    this.counters = counters;
    this.params = all.score();
    this.maxRetained = all.caches().maxRetainedScores();
    int heartbeatMs = all.mesh().heartbeatMs();
    this.retainTicks = params.retainMs() / heartbeatMs;
    this.firstDeliveryDecay = decay(params.firstDelivery().halfLifeMs(), heartbeatMs);
    this.failureDecay = decay(params.meshDelivery().halfLifeMs(), heartbeatMs);
    this.invalidDecay = decay(params.invalidMessage().halfLifeMs(), heartbeatMs);
    this.breachDecay = decay(params.behaviour().halfLifeMs(), heartbeatMs);
    this.sentence = sentence(params.behaviour());
  }

  /** Twice the breaches that lead to the graylist by themselves. */
  private static double sentence(ScoreParams.Behaviour p7) {
    return p7.weight() == 0
        ? 0
        : 2 * (p7.tolerated() + Math.sqrt(Thresholds.GRAYLIST / p7.weight()));
  }

  /** What is left after one heartbeat of a counter with this half-life; 0 is for ever. */
  static double decay(int halfLifeMs, int heartbeatMs) {
    return halfLifeMs == 0 ? 1 : Math.pow(0.5, (double) heartbeatMs / halfLifeMs);
  }

  /** A faded counter, 0 when hardly anything is left. */
  static double fade(double value, double decay) {
    double left = value * decay;
    return left < FORGOTTEN_BELOW ? 0 : left;
  }

  static double power(double value, int exponent) {
    return exponent == 2 ? value * value : value;
  }

  ScoreTally recordOf(PeerId peer) {
    ScoreTally kept = retained.remove(peer);
    return kept == null ? new ScoreTally() : kept;
  }

  /** The peer has gone. */
  void retain(PeerState peer) {
    peer.tally.dropCredit();
    if (base(peer.tally, null) < 0) {
      retain(peer.id, peer.tally);
    }
  }

  private void retain(PeerId peer, ScoreTally tally) {
    if (maxRetained == 0 || retainTicks == 0) {
      return;
    }
    if (retained.size() >= maxRetained) {
      Iterator<PeerId> oldest = retained.keySet().iterator();
      oldest.next();
      oldest.remove();
      counters.scoresEvicted++;
    }
    tally.forgetAtTick = tick + retainTicks;
    retained.put(peer, tally);
  }

  void firstDelivery(PeerState peer) {
    ScoreTally tally = peer.tally;
    if (tally.firstDeliveries < params.firstDelivery().cap()) {
      tally.firstDeliveries++;
    }
  }

  void invalid(PeerState peer) {
    if (!peer.connected) {
      invalid(peer.id);
      return;
    }
    counters.invalid++;
    peer.tally.invalid++;
    refresh(peer);
  }

  /** An invalid message of a peer that is not connected any more. */
  void invalid(PeerId peer) {
    counters.invalid++;
    ScoreTally tally = retained.get(peer);
    if (tally == null) {
      tally = new ScoreTally();
      retain(peer, tally);
    }
    tally.invalid++;
  }

  /**
   * A peer did what no honest node does, so many times. Nothing of it is looked at in the graylist,
   * so whom breaches bring there stays for a half-life, or it would be back with the next heartbeat
   * and go on.
   */
  void breach(PeerState peer, int times) {
    counters.breaches += times;
    ScoreTally tally = peer.tally;
    tally.breaches += times;
    if (p7(tally) < Thresholds.GRAYLIST) {
      tally.breaches = Math.max(tally.breaches, sentence);
    }
    refresh(peer);
  }

  void application(PeerState peer, double score) {
    peer.tally.application = score;
    refresh(peer);
  }

  /** Moves what a mesh member owed to what stays with it. */
  void leftMesh(TopicLink link) {
    if (link.missed > 0) {
      double deficit = deficit(link);
      ScoreTally tally = link.peer.tally;
      tally.deficit = Math.max(0, tally.deficit - deficit);
      tally.failures += deficit;
      link.missed = 0;
    }
  }

  /** How much of what a member missed counts. */
  double deficit(TopicLink link) {
    ScoreParams.MeshDelivery p3 = params.meshDelivery();
    return power(Math.max(0, link.missed - p3.tolerated()), p3.exponent());
  }

  /** Asks the host for the score that counts and keeps it for the hot path. */
  void refresh(PeerState peer) {
    double score = effective(peer.id, base(peer.tally, peer.place));
    peer.score = peer.direct ? Math.max(0, score) : score;
  }

  /** The score of a peer that is not connected. */
  double retainedScore(PeerId peer) {
    ScoreTally tally = retained.get(peer);
    return effective(peer, tally == null ? 0 : base(tally, null));
  }

  void decayRetained(long now) {
    tick = now;
    retained
        .values()
        .removeIf(
            tally -> {
              decay(tally);
              return now >= tally.forgetAtTick || base(tally, null) >= 0;
            });
  }

  void decay(PeerState peer) {
    decay(peer.tally);
  }

  int retainedCount() {
    return retained.size();
  }

  /** A host that answers with no number leaves the engine's own score. */
  private double effective(PeerId peer, double base) {
    double score = host.score(peer, base);
    return Double.isNaN(score) ? base : score;
  }

  private double base(ScoreTally tally, @Nullable Place place) {
    double good =
        params.timeInMesh().weightPerS() * Math.min(tally.meshS, params.timeInMesh().capS())
            + params.firstDelivery().weight() * tally.firstDeliveries;
    double bad =
        params.meshDelivery().weight() * tally.deficit
            + params.meshDelivery().failureWeight() * tally.failures
            + params.invalidMessage().weight()
                * power(tally.invalid, params.invalidMessage().exponent());
    return good + bad + params.applicationWeight() * tally.application + p6(place) + p7(tally);
  }

  private double p6(@Nullable Place place) {
    ScoreParams.Colocation p6 = params.colocation();
    if (place == null || place.peers <= p6.tolerated()) {
      return 0;
    }
    return p6.weight() * power(place.peers - p6.tolerated(), p6.exponent());
  }

  private double p7(ScoreTally tally) {
    double surplus = Math.max(0, tally.breaches - params.behaviour().tolerated());
    return params.behaviour().weight() * surplus * surplus;
  }

  private void decay(ScoreTally tally) {
    tally.firstDeliveries = fade(tally.firstDeliveries, firstDeliveryDecay);
    tally.failures = fade(tally.failures, failureDecay);
    tally.invalid = fade(tally.invalid, invalidDecay);
    tally.breaches = fade(tally.breaches, breachDecay);
  }
}
