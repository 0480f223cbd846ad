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
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertGraylisted(world, attack.name());
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
      assertTrue(stats.pendingVerdicts() <= bounds.maxPendingVerdicts(), attack);
      assertTrue(stats.owed() <= 4096, attack);
      assertTrue(world.engineNode(node).engine().mesh(TOPIC).size() <= 13, attack);
    }
  }

  /** The share of links to attackers at whose honest end this holds for the attacker. */
  private static double share(
      GossipWorld world, BiPredicate<GossipSub, PeerId> verdict, IntPredicate honest) {
    int links = 0;
    int such = 0;
    for (int hostile = HONEST; hostile < world.size(); hostile++) {
      for (int node : world.network().neighbours(hostile)) {
        if (honest.test(node)) {
          links++;
          GossipSub engine = world.engineNode(node).engine();
          such += verdict.test(engine, world.peerId(hostile)) ? 1 : 0;
        }
      }
    }
    return (double) such / links;
  }

  private static void assertGraylisted(GossipWorld world, String attack) {
    double share = share(world, GossipSub::isGraylisted, node -> node < HONEST);
    assertEquals(1, share, () -> attack + ": share of the links, seed " + world.seed());
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
    assertTrue(replies <= most, () -> replies + " replies, at most " + most);
  }

  @Test
  void shouldRefuseGraftsInBackoff() {
    GossipWorld world = attacked(Attack.graftInBackoff(), 3);
    assertTrue(sum(world, GossipSubStats::graftsReceived) > 40_000);
    assertTrue(sum(world, GossipSubStats::graftsRefused) > 1000);
  }

  @Test
  void shouldKeepItsMeshUnderPruneChurn() {
    GossipWorld world = attacked(Attack.pruneChurn(), 4);
    assertTrue(sum(world, GossipSubStats::prunesReceived) > 40_000);
    assertEquals(1, world.mesh(TOPIC).parts());
  }

  @Test
  void shouldGraylistWhoFloodsWithInvalidMessages() {
    GossipWorld world = attacked(Attack.invalidFlood(), 5);
    assertTrue(sum(world, GossipSubStats::invalid) > 100_000);
  }

  @Test
  void shouldGraylistWhoIsOnEndlessTopics() {
    GossipWorld world = attacked(Attack.endlessTopics(), 6);
    assertTrue(sum(world, GossipSubStats::claimsRefused) > 100_000);
    assertEquals(1, world.mesh(TOPIC).parts());
  }

  @Test
  void shouldTakeNoForgeryForTheHonestMessageOfItsId() {
    GossipWorld world = attacked(Attack.idPoisoning(), 9);
    assertTrue(sum(world, GossipSubStats::invalid) > 1000);
  }

  @Test
  void shouldGraylistSixtyNodesAtOneAddress() {
    GossipWorld world =
        new GossipWorld(10)
            .addEngines(HONEST, PARAMS)
            .subscribeAll()
            .connectRandomly(5, LOSSY)
            .add(60, Attack.silence().nodes());
    for (int hostile = HONEST; hostile < world.size(); hostile++) {
      world.settle(hostile, "c6336401");
      world.subscribe(hostile, TOPIC);
      for (int node = 0; node < HONEST; node++) {
        world.network().connect(hostile, node, LOSSY);
      }
    }
    world.run(5 * SECOND);
    world.publishRandomly(MESSAGES, 100 * MILLISECOND);
    world.run(15 * SECOND);
    check(world, "collocation");
    assertGraylisted(world, "collocation");
  }

  @Test
  void shouldReachANodeThatFortySilentPeersSurroundAndGraylistThem() {
    GossipWorld world =
        new GossipWorld(7)
            .addEngines(HONEST, PARAMS)
            .subscribeAll()
            .connectRandomly(5, LOSSY)
            .add(40, Attack.silence().nodes());
    // The attackers are there before the victims' own three links.
    int[] victims = {0, 1};
    for (int victim : victims) {
      for (int neighbour : world.network().neighbours(victim)) {
        world.network().disconnect(victim, neighbour);
      }
      for (int hostile = HONEST; hostile < world.size(); hostile++) {
        world.subscribe(hostile, TOPIC);
        world.network().connect(hostile, victim, LOSSY);
      }
      for (int dial = 1; dial <= 3; dial++) {
        world.network().connect(victim, 20 * dial + victim, LOSSY);
      }
    }
    world.run(5 * SECOND);
    publishSlowly(world, 480);
    check(world, "eclipse");
    assertGraylisted(world, "eclipse");
    DeliveryReport report = world.report(node -> node < victims.length, 0, 0, 0);
    assertTrue(report.share() >= 0.99, report::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50})
  void shouldDeliverAmongSilentSybilsAndGraylistThem(int percent) {
    GossipWorld world = new GossipWorld(8).addEngines(HONEST, PARAMS);
    world.add(sybils(percent), Attack.silence().nodes());
    mingle(world);
    publishSlowly(world, 480);
    check(world, "sybil " + percent);
    double graylisted = share(world, GossipSub::isGraylisted, node -> node < HONEST);
    assertTrue(graylisted >= 0.98, () -> graylisted + " of the sybils' links are graylisted");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50})
  void shouldDeliverAmongSybilsThatServedWellUntilTheyDropMessages(int percent) {
    GossipWorld world = new GossipWorld(9).addEngines(HONEST + sybils(percent), PARAMS);
    mingle(world);
    publishSlowly(world, 80);
    assertTrue(world.report().isExactlyOnce());
    for (int sybil = HONEST; sybil < world.size(); sybil++) {
      world.engineNode(sybil).dropMessages();
    }
    int first = world.journal().published();
    publishSlowly(world, 240);

    DeliveryReport report = world.report(node -> node < HONEST, first, 0, 0);
    assertTrue(report.share() >= 0.99, () -> "turncoats: " + report);
    double members =
        share(world, (engine, sybil) -> engine.mesh(TOPIC).contains(sybil), node -> node < HONEST);
    double graylisted = share(world, GossipSub::isGraylisted, node -> node < HONEST);
    // Those that were in no mesh have done nothing yet.
    assertTrue(members <= 0.1, () -> members + " of the sybils' links are mesh links");
    assertTrue(graylisted >= 0.3, () -> graylisted + " of the sybils' links are graylisted");
  }

  private static int sybils(int percent) {
    return HONEST * percent / (100 - percent);
  }

  /** Nobody knows who is who: everybody dials anybody. */
  private static void mingle(GossipWorld world) {
    world.subscribeAll();
    for (int node = 0; node < world.size(); node++) {
      world.dial(node, 10, LOSSY);
    }
    world.run(5 * SECOND);
  }

  /** Honest nodes publish four messages a second. */
  private static void publishSlowly(GossipWorld world, int messages) {
    for (int number = 0; number < messages; number++) {
      world.publish(world.random().nextInt(HONEST));
      world.run(250 * MILLISECOND);
    }
    world.run(10 * SECOND);
  }
}
