// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.Suite.LOSSY;
import static io.lichen.testkit.gossipsub.Suite.MILLISECOND;
import static io.lichen.testkit.gossipsub.Suite.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gossipsub.GossipSubParams;
import io.lichen.testkit.Churn;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A thousand nodes and more on 50 ms links that lose 1 % of all sends for good. */
class LargeNetworkTest {
  private static final int DIALS = 6;

  private static GossipWorld world(int nodes, long seed, GossipSubParams params) {
    return new GossipWorld(seed)
        .addEngines(nodes, params)
        .subscribeAll()
        .connectRandomly(DIALS, LOSSY);
  }

  @Test
  void shouldReachAThousandNodesFastAndWithFewCopies() {
    GossipWorld world = world(1000, 1, GossipSubParams.defaults());
    world.run(10 * SECOND);
    world.publishRandomly(50, 100 * MILLISECOND);
    world.run(15 * SECOND);

    DeliveryReport report = world.report();
    assertTrue(report.isExactlyOnce(), report::toString);
    assertTrue(report.p99Ns() <= 400 * MILLISECOND, report::toString);
    assertTrue(report.copiesPerDelivery() <= 6.5, report::toString);
  }

  @Test
  void shouldDeliverWhileATenthOfTheNodesCrashesEachMinute() {
    GossipWorld world = world(1000, 2, GossipSubParams.defaults());
    world.run(10 * SECOND);
    Churn churn = world.churn(0.1, 10 * SECOND, DIALS, LOSSY);
    world.publishRandomly(120, SECOND);
    churn.stop();
    world.run(15 * SECOND);

    DeliveryReport report = world.report(node -> true, 0, 5 * SECOND, 10 * SECOND);
    assertTrue(churn.crashes() >= 95, () -> churn.crashes() + " crashes");
    assertTrue(report.share() >= 0.999, report::toString);
  }

  @Test
  void shouldHaveOneMeshWithinTenHeartbeatsOfALongPartition() {
    GossipWorld world = world(1000, 3, GossipSubParams.defaults());
    world.run(10 * SECOND);
    world.network().sever(half(world));
    world.run(60 * SECOND);
    assertEquals(2, world.mesh(GossipWorld.TOPIC).parts());

    world.network().mend();
    int heartbeats = 0;
    while (!isWell(world) && heartbeats < 60) {
      world.run(SECOND);
      heartbeats++;
    }
    assertTrue(heartbeats <= 10, heartbeats + " heartbeats, " + world.mesh(GossipWorld.TOPIC));
    int first = world.journal().published();
    world.publishRandomly(20, 100 * MILLISECOND);
    world.run(15 * SECOND);
    assertTrue(world.report(node -> true, first, 0, 0).isExactlyOnce());
  }

  /** In one part, and at most one node in a hundred with a mesh that is too small. */
  private static boolean isWell(GossipWorld world) {
    MeshView mesh = world.mesh(GossipWorld.TOPIC);
    return mesh.isWhole() && 100 * mesh.starved() <= mesh.nodes();
  }

  @Test
  void shouldCatchUpAfterAPartitionThatNobodyNoticed() {
    GossipWorld world = world(200, 4, GossipSubParams.defaults());
    world.run(10 * SECOND);
    world.network().partition(half(world));
    world.publishRandomly(20, 100 * MILLISECOND);
    assertTrue(world.report().share() < 0.7, () -> world.report().toString());

    world.network().heal();
    world.run(15 * SECOND);
    DeliveryReport report = world.report();
    assertTrue(report.isExactlyOnce(), report::toString);
    assertTrue(world.mesh(GossipWorld.TOPIC).isWhole());
  }

  @Test
  void shouldRunTheSameWayForTheSameSeedOnly() {
    assertEquals(traceOf(5), traceOf(5));
    assertNotEquals(traceOf(5), traceOf(6));
  }

  private static long traceOf(long seed) {
    GossipWorld world = world(200, seed, GossipSubParams.defaults());
    Churn churn = world.churn(1, 2 * SECOND, DIALS, LOSSY);
    world.publishRandomly(50, 100 * MILLISECOND);
    world.network().sever(half(world));
    world.run(5 * SECOND);
    world.network().mend();
    world.run(5 * SECOND);
    churn.stop();
    return world.network().traceHash();
  }

  @Test
  @EnabledIfSystemProperty(named = "lichen.suite", matches = "full")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void shouldReachTenThousandNodes() {
    GossipWorld world =
        world(10_000, 7, GossipSubParams.defaults().withCaches(Suite.smallTables().caches()));
    world.run(10 * SECOND);
    world.publishRandomly(50, 100 * MILLISECOND);
    world.run(15 * SECOND);

    DeliveryReport report = world.report();
    assertTrue(report.isExactlyOnce(), report::toString);
    assertTrue(report.p99Ns() <= 400 * MILLISECOND, report::toString);
    assertTrue(report.copiesPerDelivery() <= 6.5, report::toString);
  }

  private static Set<Integer> half(GossipWorld world) {
    Set<Integer> half = new HashSet<>();
    for (int node = 0; node < world.size() / 2; node++) {
      half.add(node);
    }
    return half;
  }
}
