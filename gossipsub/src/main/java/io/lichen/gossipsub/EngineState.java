// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What the mechanisms of one engine share. */
final class EngineState {
  final GossipSubParams params;
  final MeshParams meshParams;
  final GossipParams gossip;
  final CacheParams caches;
  final RandomGenerator random;

  /** The same source in the form that {@link java.util.Collections#shuffle} takes. */
  final Random shuffler;

  final Counters counters = new Counters();
  final Map<PeerId, PeerState> peers = new LinkedHashMap<>();
  final Map<String, TopicState> topics = new LinkedHashMap<>();
  final IdHasher hasher;
  final SeenCache seen;
  final MessageCache messages;
  final PeerScore scores;
  final Outbox outbox;

  /** Connected peers that the operator vouches for. */
  int directPeers;

  /** Heartbeats so far. */
  long tick;

  EngineState(GossipSubParams params, RandomGenerator random, GossipSubHost host) {
    this.params = params;
    this.meshParams = params.mesh();
    this.gossip = params.gossip();
    this.caches = params.caches();
    this.random = random;
    this.shuffler = Random.from(random);
    this.hasher = new IdHasher(random);
    this.seen = new SeenCache(caches.maxSeenIds(), millis(caches.ttlMs()), counters);
    this.messages = new MessageCache(caches, counters);
    this.scores = new PeerScore(host, params, counters);
    this.outbox = new Outbox(host, counters);
  }

  long heartbeatNs() {
    return millis(meshParams.heartbeatMs());
  }

  static long millis(long milliseconds) {
    return milliseconds * 1_000_000L;
  }
}
