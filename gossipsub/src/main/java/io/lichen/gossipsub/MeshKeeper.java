// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keeps a subscribed topic's mesh between D_lo and D_high (docs/wire/moss-gossip.md, "Mesh
 * upkeep"). Single-threaded.
 */
final class MeshKeeper {
  private static final int OPPORTUNISTIC_PEERS = 2;
  private static final Comparator<TopicLink> BEST_FIRST = MeshKeeper::bestFirst;

  private final EngineState engine;
  private final MeshParams params;
  private final Tables tables;
  private final Membership membership;
  private final Announcer announcer;
  private final LazyGossip lazyGossip;

  MeshKeeper(
      EngineState engine,
      Tables tables,
      Membership membership,
      Announcer announcer,
      LazyGossip lazyGossip) {
    this.engine = engine;
    this.params = engine.meshParams;
    this.tables = tables;
    this.membership = membership;
    this.announcer = announcer;
    this.lazyGossip = lazyGossip;
  }

  void maintain(TopicState topic, long nowNs) {
    expelBadMembers(topic, nowNs);
    fill(topic, nowNs);
    fillOutbound(topic, nowNs);
    if (engine.tick % params.opportunisticTicks() == 0) {
      graftOpportunistically(topic, nowNs);
    }
    pruneExcess(topic, nowNs);
  }

  /** Grafts direct peers, and others on the topic up to D when the mesh has fewer than D_lo. */
  void fill(TopicState topic, long nowNs) {
    if (engine.directPeers > 0) {
      graft(topic, engine.directPeers, nowNs, link -> link.peer.direct);
    }
    if (topic.mesh.size() < params.dLo()) {
      graft(topic, params.d() - topic.mesh.size(), nowNs, link -> true);
    }
  }

  private void expelBadMembers(TopicState topic, long nowNs) {
    for (int index = topic.mesh.size() - 1; index >= 0; index--) {
      TopicLink link = topic.mesh.get(index);
      if (!link.peer.mayMesh()) {
        membership.expel(link, nowNs);
      }
    }
  }

  /** Peers that we chose ourselves are the harder ones to surround us with. */
  private void fillOutbound(TopicState topic, long nowNs) {
    int missing = params.dOut() - topic.outboundInMesh();
    if (missing > 0 && topic.mesh.size() < params.dHigh()) {
      graft(topic, missing, nowNs, link -> link.peer.outbound);
    }
  }

  /**
   * Better peers come in, and above D the worst members go, one more than came: who is let go finds
   * a place elsewhere, and without it meshes would grow.
   */
  private void graftOpportunistically(TopicState topic, long nowNs) {
    int before = topic.mesh.size();
    if (before < 2 || before >= params.dHigh()) {
      return;
    }
    if (medianScore(topic) < Thresholds.OPPORTUNISTIC) {
      int room = Math.min(OPPORTUNISTIC_PEERS, params.dHigh() - before);
      graft(topic, room, nowNs, link -> link.peer.score > Thresholds.OPPORTUNISTIC);
      if (!params.ranked()) {
        shrink(topic, Math.max(params.d(), before - 1), nowNs);
      }
    }
  }

  private void pruneExcess(TopicState topic, long nowNs) {
    if (topic.mesh.size() > params.dHigh()) {
      shrink(topic, params.d(), nowNs);
    }
  }

  /** Expels the worst until no more than {@code size} are left. */
  private void shrink(TopicState topic, int size, long nowNs) {
    if (topic.mesh.size() <= size) {
      return;
    }
    List<TopicLink> worstFirst = new ArrayList<>(topic.mesh);
    if (params.ranked()) {
      worstFirst.sort(BEST_FIRST.reversed());
    } else {
      Collections.shuffle(worstFirst, engine.shuffler);
      worstFirst.sort(Comparator.comparingDouble(link -> link.peer.score));
    }
    int outboundLeft = topic.outboundInMesh();
    for (TopicLink link : worstFirst) {
      if (topic.mesh.size() <= size) {
        return;
      }
      if (link.peer.direct || (link.peer.outbound && outboundLeft <= params.dOut())) {
        continue;
      }
      outboundLeft -= link.peer.outbound ? 1 : 0;
      membership.expel(link, nowNs);
    }
  }

  /** Grafts up to {@code count} random claimants that are eligible and not in backoff. */
  private void graft(TopicState topic, int count, long nowNs, Predicate<TopicLink> wanted) {
    List<TopicLink> candidates = new ArrayList<>();
    boolean tooFew = topic.mesh.size() < params.dLo() && !params.ranked();
    for (TopicLink link : topic.claimants) {
      if (!link.inMesh
          && link.peer.mayMesh()
          && nowNs >= (tooFew ? link.askAgainNs : link.noGraftUntilNs)
          && wanted.test(link)) {
        candidates.add(link);
      }
    }
    rank(candidates, topic.outboundInMesh() < params.dOut());
    for (TopicLink link : candidates.subList(0, Math.clamp(count, 0, candidates.size()))) {
      tables.joinMesh(link, nowNs);
      announcer.announceFirst(link, nowNs);
      lazyGossip.offerRecent(link);
    }
  }

  private void rank(List<TopicLink> candidates, boolean outboundMissing) {
    if (params.ranked()) {
      candidates.sort(BEST_FIRST);
    } else {
      Collections.shuffle(candidates, engine.shuffler);
    }
    if (params.ranked() || outboundMissing) {
      candidates.sort(Comparator.comparing(link -> !link.peer.outbound));
    }
  }

  /** Plain, since the JVM keeps no composed comparators in a cache for quick starts. */
  private static int bestFirst(TopicLink a, TopicLink b) {
    int byScore = Double.compare(b.peer.score, a.peer.score);
    return byScore != 0 ? byScore : a.peer.id.compareTo(b.peer.id);
  }

  private static double medianScore(TopicState topic) {
    double[] scores = topic.mesh.stream().mapToDouble(link -> link.peer.score).sorted().toArray();
    int middle = scores.length / 2;
    return scores.length % 2 == 1 ? scores[middle] : (scores[middle - 1] + scores[middle]) / 2;
  }
}
