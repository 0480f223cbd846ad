// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.GossipWorld.TOPIC;
import static io.lichen.testkit.gossipsub.Suite.MILLISECOND;
import static io.lichen.testkit.gossipsub.Suite.SECOND;
import static io.lichen.testkit.gossipsub.Suite.TCP;
import static io.lichen.testkit.gossipsub.Suite.assertExactlyOnce;
import static io.lichen.testkit.gossipsub.Suite.meet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gossipsub.GossipSubParams;
import io.lichen.testkit.LinkProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real engines in simulated networks: every subscriber gets every message exactly once. */
class DeliveryTest {
  private static final LinkProfile BAD_UDP =
      LinkProfile.lossy(5 * MILLISECOND, 80 * MILLISECOND, 0.15, 0.1);

  private static GossipWorld engines(int count, long seed) {
    return new GossipWorld(seed).addEngines(count, GossipSubParams.defaults());
  }

  @Test
  void shouldExchangeAThousandMessagesEachWayBetweenTwoNodes() {
    GossipWorld world = engines(2, 1).subscribeAll().connectAll(TCP);
    world.run(SECOND);
    for (int number = 0; number < 1000; number++) {
      assertEquals(1, world.publish(0));
      assertEquals(1, world.publish(1));
      world.run(2 * MILLISECOND);
    }
    world.run(SECOND);
    assertExactlyOnce(world);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldReachAllOfARandomNetwork(long seed) {
    GossipWorld world = engines(300, seed).subscribeAll().connectRandomly(5, TCP);
    world.run(3 * SECOND);
    world.publishRandomly(100, 50 * MILLISECOND);
    world.run(10 * SECOND);
    assertExactlyOnce(world);
  }

  @Test
  void shouldReachAllLeavesOfAStarLargerThanAnyMesh() {
    GossipWorld world = engines(100, 4).subscribeAll().connectStar(TCP);
    world.run(3 * SECOND);
    world.publishRandomly(200, 50 * MILLISECOND);
    world.run(15 * SECOND);
    assertExactlyOnce(world);
  }

  @Test
  void shouldPassMessagesAlongALine() {
    GossipWorld world = engines(20, 5).subscribeAll().connectLine(TCP);
    world.run(3 * SECOND);
    world.publishRandomly(100, 20 * MILLISECOND);
    world.run(3 * SECOND);
    assertExactlyOnce(world);
  }

  @Test
  void shouldReachAllOfAFullyLinkedNetwork() {
    GossipWorld world = engines(40, 6).subscribeAll().connectAll(TCP);
    world.run(3 * SECOND);
    world.publishRandomly(200, 20 * MILLISECOND);
    world.run(10 * SECOND);
    assertExactlyOnce(world);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void shouldRepairLossesAndDropDuplicates(long seed) {
    GossipWorld world = engines(60, seed).subscribeAll().connectRandomly(5, BAD_UDP);
    world.run(10 * SECOND);
    world.publishRandomly(200, 50 * MILLISECOND);
    world.run(30 * SECOND);
    assertExactlyOnce(world);
    assertTrue(world.network().lost() > 1000);
  }

  @Test
  void shouldRepairLossesOnTheOnlyLink() {
    GossipWorld world = engines(2, 10).subscribeAll().connectAll(BAD_UDP);
    world.run(10 * SECOND);
    world.publishRandomly(500, 50 * MILLISECOND);
    world.run(30 * SECOND);
    assertExactlyOnce(world);
  }

  @Test
  void shouldDeliverInAnyOrderOfSubscribingAndConnecting() {
    for (int order = 0; order < 6; order++) {
      GossipWorld world = engines(2, 100 + order);
      meet(world, order, 5 * SECOND);
      assertEquals(1, world.publish(0), "order " + order);
      assertEquals(1, world.publish(1), "order " + order);
      world.run(SECOND);
      assertExactlyOnce(world);
    }
  }

  @Test
  void shouldKeepStableSubscribersSuppliedThroughChurn() {
    GossipWorld world = engines(50, 11).subscribeAll().connectRandomly(6, TCP);
    world.run(3 * SECOND);
    for (int round = 0; round < 200; round++) {
      churn(world, round);
      world.publish(world.random().nextInt(25));
      world.run(100 * MILLISECOND);
    }
    world.run(20 * SECOND);
    DeliveryReport report = world.report(node -> node < 25, 0, 0, 0);
    assertTrue(report.isExactlyOnce(), () -> report + ", seed " + world.seed());
  }

  /** The second half of the nodes comes and goes; the line through the first half stays. */
  private static void churn(GossipWorld world, int round) {
    int node = 25 + world.random().nextInt(25);
    int other = world.random().nextInt(50);
    if (round % 2 == 0) {
      world.unsubscribe(node, TOPIC);
    } else {
      world.subscribe(node, TOPIC);
    }
    if (other != node && !world.network().disconnect(node, other)) {
      world.network().connect(node, other, TCP);
    }
  }

  @Test
  void shouldRunTheSameWayForTheSameSeed() {
    assertEquals(traceOf(12), traceOf(12));
    assertNotEquals(traceOf(12), traceOf(13));
  }

  private static long traceOf(long seed) {
    GossipWorld world = engines(30, seed).subscribeAll().connectRandomly(5, BAD_UDP);
    world.publishRandomly(50, 100 * MILLISECOND);
    world.run(10 * SECOND);
    return world.network().traceHash();
  }
}
