// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Objects;

/**
 * All settings of the engine. Immutable.
 *
 * @param mesh degrees and rhythm
 * @param gossip lazy gossip, flooding and their limits
 * @param caches bounds of the tables
 * @param score what peers are judged by
 * @param rates how many control messages a peer may send
 */
public record GossipSubParams(
    MeshParams mesh, GossipParams gossip, CacheParams caches, ScoreParams score, RateParams rates) {
  private static final GossipSubParams DEFAULTS =
      new GossipSubParams(
          MeshParams.defaults(),
          GossipParams.defaults(),
          CacheParams.defaults(),
          ScoreParams.defaults(),
          RateParams.defaults());

  /** Refuses nulls; the parts check themselves. */
  public GossipSubParams {
    Objects.requireNonNull(mesh);
    Objects.requireNonNull(gossip);
    Objects.requireNonNull(caches);
    Objects.requireNonNull(score);
    Objects.requireNonNull(rates);
  }

  /** The defaults of all parts. */
  public static GossipSubParams defaults() {
    return DEFAULTS;
  }

  /**
   * The profile {@code moss-0.8.19}: the opinions and limits of natives, for comparison with them.
   * Scores that do not fade, a deficit for what we forwarded ourselves, opportunistic grafting at
   * each heartbeat, gossip in an order that everybody knows, no limits per peer.
   */
  public static GossipSubParams moss0819() {
    return DEFAULTS
        .withMesh(MeshParams.defaults().likeNatives())
        .withGossip(GossipParams.moss0819())
        .withScore(ScoreParams.moss0819())
        .withRates(RateParams.unlimited());
  }

  /** The same with other degrees and rhythm. */
  public GossipSubParams withMesh(MeshParams value) {
    return new GossipSubParams(value, gossip, caches, score, rates);
  }

  /** The same with other gossip settings. */
  public GossipSubParams withGossip(GossipParams value) {
    return new GossipSubParams(mesh, value, caches, score, rates);
  }

  /** The same with other bounds. */
  public GossipSubParams withCaches(CacheParams value) {
    return new GossipSubParams(mesh, gossip, value, score, rates);
  }

  /** The same with other scoring. */
  public GossipSubParams withScore(ScoreParams value) {
    return new GossipSubParams(mesh, gossip, caches, value, rates);
  }

  /** The same with other limits per peer. */
  public GossipSubParams withRates(RateParams value) {
    return new GossipSubParams(mesh, gossip, caches, score, value);
  }
}
