// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * What GRAFT and PRUNE of others do to claims and meshes (docs/wire/moss-gossip.md, "GRAFT and
 * PRUNE"). Single-threaded.
 */
final class Membership {
  private static final int MAX_TOPIC_CHARS = 256;
  private static final int NEWCOMERS_PER_PLACE = 3;
  private static final long AT_ONCE_NS = 1_000_000_000L;
  private static final long STEADY_GAP_NS = 5_000_000_000L;
  private static final long STEADY_SILENCE_NS = 5_000_000_000L;

  /**
   * A mesh that is too small asks those again that had no room so long ago. Longer than {@link
   * #STEADY_GAP_NS}: whoever asks is not to be taken for a native that repeats itself.
   */
  private static final long ASK_AGAIN_NS = 7_000_000_000L;

  private final EngineState engine;
  private final Tables tables;
  private final LazyGossip lazyGossip;
  private final RateLimits limits;
  private final long backoffNs;
  private final long slowSilenceNs;

  Membership(EngineState engine, Tables tables, LazyGossip lazyGossip, RateLimits limits) {
    this.engine = engine;
    this.tables = tables;
    this.lazyGossip = lazyGossip;
    this.limits = limits;
    this.backoffNs = EngineState.millis(engine.meshParams.backoffMs());
    // Between two announcements of our own kind are a refresh and, after a PRUNE from here, a
    // backoff; one of them may get lost.
    this.slowSilenceNs = (EngineState.millis(engine.meshParams.refreshMs()) + backoffNs) / 2 * 5;
  }

  void onGraft(PeerState peer, String topicName, long nowNs) {
    engine.counters.graftsReceived++;
    if (topicName.isEmpty() || topicName.length() > MAX_TOPIC_CHARS) {
      engine.counters.malformed++;
      return;
    }
    TopicLink known = tables.link(peer, topicName);
    boolean isNews = known == null || !known.claimed;
    TopicLink link = tables.claim(peer, topicName, nowNs - slowSilenceNs);
    if (link == null) {
      limits.refusedTopic(peer, topicName);
      engine.outbox.prune(peer, topicName);
      return;
    }
    noteClaim(link, nowNs);
    limits.graft(link);
    if (!link.topic.subscribed) {
      engine.outbox.prune(peer, topicName);
      return;
    }
    if (link.inMesh) {
      return;
    }
    if (accepts(link, isNews, nowNs)) {
      tables.joinMesh(link, nowNs);
      lazyGossip.offerRecent(link);
    } else {
      engine.counters.graftsRefused++;
      engine.outbox.prune(peer, topicName);
    }
  }

  /**
   * A PRUNE may mean "I left the topic", "I was never on it" or "my mesh is full". The link goes;
   * the claim stays until the peer has been silent for longer than peers on the topic are.
   */
  void onPrune(PeerState peer, String topicName, long nowNs) {
    engine.counters.prunesReceived++;
    TopicLink link = tables.link(peer, topicName);
    if (link == null) {
      return;
    }
    tables.leaveMesh(link);
    if (!isClaimOnly(link, nowNs)) {
      link.noGraftUntilNs = nowNs + backoffNs;
      link.askAgainNs = nowNs + Math.min(ASK_AGAIN_NS, backoffNs);
    }
    if (link.claimed) {
      tables.setDoubtful(link, true);
    }
  }

  /**
   * Our kind says GRAFT and PRUNE at once, and seldom, when it says no more than that it is there.
   * If that were a backoff, it would never end, and the peer would hear no more of us.
   */
  private static boolean isClaimOnly(TopicLink link, long nowNs) {
    return link.claimed && nowNs - link.claimedAtNs < AT_ONCE_NS && link.claimGapNs > STEADY_GAP_NS;
  }

  /** Drops claims that a PRUNE made doubtful and that no GRAFT renewed in time. */
  void lapseClaims(long nowNs) {
    for (PeerState peer : engine.peers.values()) {
      if (peer.doubtfulClaims > 0) {
        for (TopicLink link : peer.links.values().toArray(new TopicLink[0])) {
          if (link.doubtful && nowNs - link.claimedAtNs >= silenceNs(link)) {
            tables.unclaim(link);
            engine.counters.claimsLapsed++;
          }
        }
      }
    }
  }

  /** Takes a peer out of our mesh and tells it so. */
  void expel(TopicLink link, long nowNs) {
    tables.leaveMesh(link);
    link.refuseUntilNs = nowNs + backoffNs;
    link.noGraftUntilNs = Math.max(link.noGraftUntilNs, nowNs + backoffNs);
    link.askAgainNs = link.noGraftUntilNs;
    engine.outbox.prune(link.peer, link.topic.name);
  }

  /**
   * The first GRAFT of a peer announces a subscription, and may be no more than that; beyond D it
   * seldom leads into the mesh, but it must now and then, or the halves of a healed partition, all
   * meshes in them full, would not grow together. Who asks again has found too few elsewhere: for
   * it there is room up to D_high.
   */
  private boolean accepts(TopicLink link, boolean isNews, long nowNs) {
    TopicState topic = link.topic;
    MeshParams mesh = engine.meshParams;
    if (!link.peer.mayMesh()) {
      return false;
    }
    if (link.peer.direct || topic.mesh.size() < mesh.dLo()) {
      return true;
    }
    if (nowNs < link.refuseUntilNs) {
      return false;
    }
    return topic.mesh.size() < mesh.d()
        || (topic.mesh.size() < mesh.dHigh()
            && (!isNews || mesh.ranked() || engine.random.nextInt(NEWCOMERS_PER_PLACE) == 0))
        || (link.peer.outbound && topic.outboundInMesh() < mesh.dOut());
  }

  /** Natives repeat every GRAFT about once a second; that rhythm tells soon when they stop. */
  private void noteClaim(TopicLink link, long nowNs) {
    if (link.claimedAtNs != TopicLink.NEVER) {
      long gap = nowNs - link.claimedAtNs;
      long before = link.claimGapNs;
      link.steadyClaim = gap <= STEADY_GAP_NS && 2 * gap >= before && 2 * gap <= 3 * before;
      link.claimGapNs = gap;
    }
    link.claimedAtNs = nowNs;
    tables.setDoubtful(link, false);
  }

  private long silenceNs(TopicLink link) {
    return link.steadyClaim ? Math.max(STEADY_SILENCE_NS, 4 * link.claimGapNs) : slowSilenceNs;
  }
}
