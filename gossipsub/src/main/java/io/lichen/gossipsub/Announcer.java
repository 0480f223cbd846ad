// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Tells connected peers that we are on a topic: at once, after 1, 2, 4 … seconds again, in case a
 * session that may lose it lost it, and then at the slow refresh (docs/wire/moss-gossip.md,
 * "Announcing a subscription"). Single-threaded.
 */
final class Announcer {
  private static final long FIRST_INTERVAL_NS = 1_000_000_000L;

  private final EngineState engine;
  private final long refreshNs;

  Announcer(EngineState engine) {
    this.engine = engine;
    this.refreshNs = EngineState.millis(engine.meshParams.refreshMs());
  }

  /** Announces to a peer or on a topic that is new; the schedule starts over. */
  void announceFirst(TopicLink link, long nowNs) {
    link.announceIntervalNs = 0;
    send(link);
    scheduleNext(link, nowNs);
  }

  /** Repeats what is due. A peer that said PRUNE is left alone until its backoff is over. */
  void announceDue(TopicState topic, long nowNs) {
    for (int index = 0; index < topic.links.size(); index++) {
      TopicLink link = topic.links.get(index);
      if (nowNs >= link.nextAnnounceNs && nowNs >= link.noGraftUntilNs) {
        send(link);
        scheduleNext(link, nowNs);
      }
    }
  }

  /**
   * A GRAFT is a claim and a request for the mesh in one. To a peer on the topic that we do not
   * want in the mesh, a PRUNE right behind it takes the request back and leaves the claim.
   */
  private void send(TopicLink link) {
    engine.outbox.graft(link);
    if (link.claimed && !link.inMesh && link.peer.mayGossip()) {
      engine.outbox.prune(link.peer, link.topic.name);
    }
  }

  private void scheduleNext(TopicLink link, long nowNs) {
    long doubled = Math.max(FIRST_INTERVAL_NS, 2 * link.announceIntervalNs);
    link.announceIntervalNs = Math.min(doubled, refreshNs);
    long interval = link.announceIntervalNs;
    if (interval == refreshNs) {
      // Spread, so that hundreds of peers are not told within one tick.
      interval -= engine.random.nextLong(refreshNs / 8 + 1);
    }
    link.nextAnnounceNs = nowNs + interval;
  }
}
