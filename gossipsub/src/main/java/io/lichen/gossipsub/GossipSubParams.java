// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Objects;

/**
 * All settings of the engine. Immutable.
 *
 * @param mesh degrees and rhythm
 * @param gossip lazy gossip, flooding and their limits
 * @param caches bounds of the tables
 */
public record GossipSubParams(MeshParams mesh, GossipParams gossip, CacheParams caches) {
  private static final GossipSubParams DEFAULTS =
      new GossipSubParams(MeshParams.defaults(), GossipParams.defaults(), CacheParams.defaults());

  /** Refuses nulls; the parts check themselves. */
  public GossipSubParams {
    Objects.requireNonNull(mesh);
    Objects.requireNonNull(gossip);
    Objects.requireNonNull(caches);
  }

  /** The defaults of all parts. */
  public static GossipSubParams defaults() {
    return DEFAULTS;
  }

  /** The same with other degrees and rhythm. */
  public GossipSubParams withMesh(MeshParams value) {
    return new GossipSubParams(value, gossip, caches);
  }

  /** The same with other gossip settings. */
  public GossipSubParams withGossip(GossipParams value) {
    return new GossipSubParams(mesh, value, caches);
  }

  /** The same with other bounds. */
  public GossipSubParams withCaches(CacheParams value) {
    return new GossipSubParams(mesh, gossip, value);
  }
}
