// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Finds mesh members that take messages and pass none on (docs/wire/moss-gossip.md, "Silent
 * members"). One that has brought nothing for long is either a leaf, which has nobody to get
 * messages from but us, or holds them back. The next few messages are offered to it instead of
 * sent: a leaf asks for them, whoever has them from elsewhere sends them, and who does neither is
 * no member of any mesh. Single-threaded.
 */
final class SilentMembers {
  /** A member that passes is left alone for twice as many messages as before, up to so many. */
  private static final int MAX_PATIENCE = 1024;

  /** Enough for the graylist by themselves, and for more than two half-lives. */
  private static final int BREACHES = 256;

  private static final long GRACE_NS = 10_000_000_000L;

  private final EngineState engine;
  private final LazyGossip lazyGossip;
  private final int testAfter;

  SilentMembers(EngineState engine, LazyGossip lazyGossip) {
    this.engine = engine;
    this.lazyGossip = lazyGossip;
    this.testAfter = engine.params.score().behaviour().testAfter();
  }

  /** The peer brought a copy of a good message. */
  void brought(TopicLink link) {
    link.broughtAt = link.topic.accepted;
    if (link.test != null) {
      passed(link);
    }
  }

  /** Whether the message whose id is hashed is offered to this member and not to be sent. */
  boolean onlyOffers(TopicLink link, PublishedMessage message) {
    if (link.test == null || !link.test.takes(engine.hasher, engine.tick)) {
      return false;
    }
    lazyGossip.offer(message, link);
    return true;
  }

  /** The peer asked for the message whose id is hashed. */
  void asked(TopicLink link) {
    if (link.test != null) {
      link.test.answered(engine.hasher);
    }
  }

  /** Begins tests of those that are due, and ends those that have a result. */
  void heartbeat(TopicState topic, long nowNs) {
    for (int index = 0; index < topic.mesh.size(); index++) {
      TopicLink link = topic.mesh.get(index);
      if (link.test != null) {
        judge(link, link.test);
      } else if (isDue(link, nowNs)) {
        engine.counters.membersTested++;
        link.test = new MemberTest();
      }
    }
  }

  private boolean isDue(TopicLink link, long nowNs) {
    return testAfter > 0
        && !link.peer.direct
        && link.topic.accepted - link.broughtAt >= Math.max(testAfter, link.patience)
        && nowNs - link.meshSinceNs >= GRACE_NS;
  }

  private void judge(TopicLink link, MemberTest test) {
    test.heartbeat(engine.tick, link.peer.heardTick);
    if (test.isOpen()) {
      // It may have put us out of its mesh without our knowing: it takes us back, or says PRUNE.
      engine.outbox.graft(link);
    } else if (test.isOver()) {
      if (test.isFailed()) {
        engine.counters.membersSilent++;
        link.test = null;
        engine.scores.breach(link.peer, BREACHES);
      } else {
        passed(link);
      }
    }
  }

  private void passed(TopicLink link) {
    link.test = null;
    link.broughtAt = link.topic.accepted;
    link.patience = Math.min(MAX_PATIENCE, 2 * Math.max(testAfter, link.patience));
  }
}
