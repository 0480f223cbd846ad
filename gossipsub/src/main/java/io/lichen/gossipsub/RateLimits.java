// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Holds peers to {@link RateParams}. A heartbeat longer than a second has as many times the
 * allowance. Single-threaded.
 */
final class RateLimits {
  private static final int SECOND_MS = 1000;

  /** So many ids not sent, or asked for too often, within a heartbeat are one breach. */
  private static final int IDS_PER_BREACH = 64;

  /** Each of so many breaches within a heartbeat counts once more. */
  private static final int MANY_BREACHES = 8;

  /** Who keeps one promise for so many broken ones means well. */
  private static final int BROKEN_FOR_ONE_KEPT = 8;

  private final EngineState engine;
  private final RateParams params;
  private final int seconds;

  RateLimits(EngineState engine) {
    this.engine = engine;
    this.params = engine.params.rates();
    this.seconds = Math.max(1, engine.meshParams.heartbeatMs() / SECOND_MS);
  }

  /** Whether one more message of its kind is within the peer's limit; counts it. */
  boolean allows(PeerState peer, GossipMessage message) {
    Counters counters = engine.counters;
    switch (message) {
      case GossipMessage.Graft ignored -> {
        if (isOver(peer, ++peer.graftsThisHeartbeat, params.grafts())) {
          counters.graftsOverLimit++;
          return false;
        }
      }
      case GossipMessage.Prune ignored -> {
        if (isOver(peer, ++peer.prunesThisHeartbeat, params.prunes())) {
          counters.prunesOverLimit++;
          return false;
        }
      }
      case GossipMessage.IHave ignored -> {
        if (isOver(peer, ++peer.iHavesThisHeartbeat, params.iHaves())) {
          counters.iHavesOverLimit++;
          return false;
        }
      }
      case GossipMessage.IWant ignored -> {
        if (isOver(peer, ++peer.iWantsThisHeartbeat, params.iWants())) {
          counters.iWantsOverLimit++;
          return false;
        }
      }
      case GossipMessage.IDontWant ignored -> {
        if (isOver(peer, ++peer.dontWantsThisHeartbeat, params.dontWants())) {
          counters.dontWantsOverLimit++;
          return false;
        }
      }
      case GossipMessage.Receipt ignored -> {}
    }
    return true;
  }

  /** One more GRAFT on this topic: in a backoff or out of it, natives send a few at most. */
  void graft(TopicLink link) {
    if (link.graftTick != engine.tick) {
      link.graftTick = engine.tick;
      link.grafts = 0;
    }
    if (++link.grafts % (params.graftsPerTopic() * seconds) == 0) {
      engine.scores.breach(link.peer, 1);
    }
  }

  /** A GRAFT on a topic that the peer has no room for. Natives repeat those that they are on. */
  void refusedTopic(PeerState peer, String topicName) {
    engine.hasher.hash(topicName);
    if (peer.refusedTopics.isNew(engine.hasher)
        && ++peer.topicsRefused % params.refusedTopics() == 0) {
      engine.scores.breach(peer, 1);
    }
  }

  /**
   * Counts the breaches of the last heartbeat. A few broken promises are none, nor are those of a
   * peer that keeps some: requests get lost, queues overflow, and a message that one session cannot
   * carry is offered all the same.
   */
  void judge(PeerState peer) {
    boolean meansWell = peer.promisesKept * BROKEN_FOR_ONE_KEPT > peer.promisesBroken;
    int times = breaches(meansWell ? 0 : peer.promisesBroken) + breaches(peer.iWantExcess);
    if (times > 0) {
      engine.scores.breach(peer, times);
    }
  }

  private int breaches(int ids) {
    int times = Math.min(ids / (IDS_PER_BREACH * seconds), IDS_PER_BREACH);
    return times * (1 + times / MANY_BREACHES);
  }

  private boolean isOver(PeerState peer, int count, int perSecond) {
    int limit = perSecond * seconds;
    if (count <= limit) {
      return false;
    }
    if (count % limit == 0) {
      engine.scores.breach(peer, 1);
    }
    return true;
  }
}
