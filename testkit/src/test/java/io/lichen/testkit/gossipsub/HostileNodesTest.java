// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.GossipWorld.TOPIC;
import static io.lichen.testkit.gossipsub.Suite.LOSSY;
import static io.lichen.testkit.gossipsub.Suite.MILLISECOND;
import static io.lichen.testkit.gossipsub.Suite.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.CacheParams;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.GossipSubStats;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Engines with small tables among nodes that attack them: what honest nodes still get. */
class HostileNodesTest {
  private static final int HONEST = 80;
  private static final int HOSTILE = 8;
  private static final int MESSAGES = 100;
  private static final GossipSubParams PARAMS = Suite.smallTables();

  /** Eight attackers, each linked to a quarter of the eighty honest nodes, for half a minute. */
  private static GossipWorld attacked(Attack attack, long seed) {
    GossipWorld world =
        new GossipWorld(seed)
            .addEngines(HONEST, PARAMS)
            .subscribeAll()
            .connectRandomly(5, LOSSY)
            .add(HOSTILE, attack.nodes());
    for (int node = HONEST; node < world.size(); node++) {
      world.subscribe(node, TOPIC);
      world.dial(node, HONEST / 4, LOSSY);
    }
    world.run(5 * SECOND);
    world.publishRandomly(MESSAGES, 100 * MILLISECOND);
    world.run(15 * SECOND);
    check(world, attack.name());
    return world;
  }

  /** Honest nodes got their messages, and no table is larger than it may be. */
  private static void check(GossipWorld world, String attack) {
    DeliveryReport report = world.report();
    assertTrue(report.share() >= 0.99, () -> attack + ": " + report + ", seed " + world.seed());
    assertEquals(0, report.repeated(), attack);
    CacheParams bounds = PARAMS.caches();
    for (int node = 0; node < world.size(); node++) {
      if (!world.isEngine(node)) {
        continue;
      }
      GossipSubStats stats = world.engineNode(node).engine().stats();
      int claims = stats.peers() * bounds.maxClaimsPerPeer();
      assertTrue(stats.claims() <= claims, attack);
      assertTrue(stats.topics() <= bounds.maxTopics() + claims, attack);
      assertTrue(stats.openPromises() <= bounds.maxPromises(), attack);
      assertTrue(stats.seenIds() <= bounds.maxSeenIds(), attack);
      assertTrue(stats.cachedMessages() <= bounds.maxCachedMessages(), attack);
      assertTrue(stats.cachedBytes() <= bounds.maxCachedBytes(), attack);
      assertTrue(stats.retainedScores() <= bounds.maxRetainedScores(), attack);
      assertTrue(world.engineNode(node).engine().mesh(TOPIC).size() <= 13, attack);
    }
  }

  /** The share of links to attackers at whose honest end this holds for the attacker. */
  private static double share(GossipWorld world, BiPredicate<GossipSub, PeerId> verdict) {
    int links = 0;
    int such = 0;
    for (int hostile = HONEST; hostile < world.size(); hostile++) {
      for (int node : world.network().neighbours(hostile)) {
        if (world.isEngine(node)) {
          links++;
          GossipSub engine = world.engineNode(node).engine();
          such += verdict.test(engine, world.peerId(hostile)) ? 1 : 0;
        }
      }
    }
    return (double) such / links;
  }

  /** Nothing is sent to it any more, and its gossip is ignored. */
  private static boolean isSilenced(GossipSub engine, PeerId attacker) {
    return engine.score(attacker) < -10;
  }

  private static long sum(GossipWorld world, ToLongFunction<GossipSubStats> counter) {
    long sum = 0;
    for (int node = 0; node < world.size(); node++) {
      if (world.isEngine(node)) {
        sum += counter.applyAsLong(world.engineNode(node).engine().stats());
      }
    }
    return sum;
  }

  @Test
  void shouldBoundWhatIsAskedForUnderIHaveSpam() {
    GossipWorld world = attacked(Attack.iHaveSpam(), 1);
    long offered = sum(world, GossipSubStats::iHavesReceived);
    long asked = sum(world, GossipSubStats::iWantsSent);
    assertTrue(offered > 40_000, () -> "offers: " + offered);
    assertTrue(sum(world, GossipSubStats::promisesBroken) > 1000);
    assertTrue(share(world, HostileNodesTest::isSilenced) > 0.9);
    assertTrue(asked < 2 * offered, () -> asked + " questions to " + offered + " offers");
  }

  @Test
  void shouldAnswerABoundedNumberOfTimesUnderIWantSpam() {
    GossipWorld world = attacked(Attack.iWantSpam(), 2);
    int links = 0;
    for (int node = HONEST; node < world.size(); node++) {
      links += world.network().neighbours(node).length;
    }
    long most = (long) links * MESSAGES * PARAMS.gossip().maxIWantReplies();
    long replies = sum(world, GossipSubStats::iWantReplies);
    assertTrue(sum(world, GossipSubStats::iWantIdsOverLimit) > 10_000);
    assertTrue(share(world, HostileNodesTest::isSilenced) > 0.9);
    assertTrue(replies <= most, () -> replies + " replies, at most " + most);
  }

  @Test
  void shouldRefuseGraftsInBackoff() {
    GossipWorld world = attacked(Attack.graftInBackoff(), 3);
    assertTrue(sum(world, GossipSubStats::graftsReceived) > 40_000);
    assertTrue(sum(world, GossipSubStats::graftsRefused) > 1000);
    assertTrue(share(world, HostileNodesTest::isSilenced) > 0.9);
    assertTrue(share(world, GossipSub::isGraylisted) > 0.5);
  }

  @Test
  void shouldKeepItsMeshUnderPruneChurn() {
    GossipWorld world = attacked(Attack.pruneChurn(), 4);
    assertTrue(sum(world, GossipSubStats::prunesReceived) > 40_000);
    assertEquals(1, world.mesh(TOPIC).parts());
    assertEquals(1, share(world, GossipSub::isGraylisted));
  }

  @Test
  void shouldGraylistWhoFloodsWithInvalidMessages() {
    GossipWorld world = attacked(Attack.invalidFlood(), 5);
    assertEquals(1, share(world, GossipSub::isGraylisted));
    assertTrue(sum(world, GossipSubStats::invalid) > 100_000);
  }

  @Test
  void shouldForgetTheOldestOfEndlessTopics() {
    GossipWorld world = attacked(Attack.endlessTopics(), 6);
    assertTrue(sum(world, GossipSubStats::claimsEvicted) > 1_000_000);
    assertEquals(1, world.mesh(TOPIC).parts());
  }

  @Test
  void shouldReachANodeThatFortySilentPeersSurround() {
    GossipWorld world =
        new GossipWorld(7)
            .addEngines(HONEST, PARAMS)
            .subscribeAll()
            .add(40, Attack.silence().nodes());
    for (int node = 2; node < HONEST; node++) {
      world.network().connect(node, node == 2 ? HONEST - 1 : node - 1, LOSSY);
    }
    int victim = 0;
    for (int node = 2; node < HONEST; node++) {
      int other = 2 + world.random().nextInt(HONEST - 2);
      if (other != node) {
        world.network().connect(node, other, LOSSY);
      }
    }
    for (int hostile = HONEST; hostile < world.size(); hostile++) {
      world.subscribe(hostile, TOPIC);
      world.network().connect(hostile, victim, LOSSY);
      world.network().connect(hostile, 1, LOSSY);
    }
    // The attackers were first; the victims dial three honest nodes each.
    for (int dial = 0; dial < 3; dial++) {
      world.network().connect(victim, 10 + 20 * dial, LOSSY);
      world.network().connect(1, 15 + 20 * dial, LOSSY);
    }
    world.run(5 * SECOND);
    for (int number = 0; number < MESSAGES; number++) {
      world.publish(2 + world.random().nextInt(HONEST - 2));
      world.run(100 * MILLISECOND);
    }
    world.run(15 * SECOND);
    check(world, "eclipse");
    DeliveryReport victims = world.report(node -> node < 2, 0, 0, 0);
    assertTrue(victims.share() >= 0.99, victims::toString);
  }

  @Test
  void shouldDeliverAmongSybils() {
    for (double share : new double[] {0.2, 0.5}) {
      int hostile = (int) Math.round(HONEST * share / (1 - share));
      GossipWorld world =
          new GossipWorld(8)
              .addEngines(HONEST, PARAMS)
              .add(hostile, Attack.silence().nodes())
              .subscribeAll();
      // Nobody knows who is who: everybody dials anybody.
      for (int node = 0; node < world.size(); node++) {
        world.dial(node, 10, LOSSY);
      }
      world.run(5 * SECOND);
      world.publishRandomly(MESSAGES, 100 * MILLISECOND);
      world.run(15 * SECOND);
      check(world, "sybil " + share);
    }
  }
}
