// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.Swarm.MILLISECOND;
import static io.lichen.testkit.gossipsub.Swarm.SECOND;
import static io.lichen.testkit.gossipsub.Swarm.TOPIC;
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
  private static final LinkProfile TCP = LinkProfile.reliable(20 * MILLISECOND);
  private static final LinkProfile BAD_UDP =
      LinkProfile.lossy(5 * MILLISECOND, 80 * MILLISECOND, 0.15, 0.1);

  private static Swarm engines(int count, long seed) {
    return new Swarm(seed).addEngines(count, GossipSubParams.defaults());
  }

  @Test
  void shouldExchangeAThousandMessagesEachWayBetweenTwoNodes() {
    Swarm swarm = engines(2, 1).subscribeAll().connectAll(TCP);
    swarm.run(SECOND);
    for (int number = 0; number < 1000; number++) {
      assertEquals(1, swarm.publish(0));
      assertEquals(1, swarm.publish(1));
      swarm.run(2 * MILLISECOND);
    }
    swarm.run(SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldReachAllOfARandomNetwork(long seed) {
    Swarm swarm = engines(300, seed).subscribeAll().connectRandomly(5, TCP);
    swarm.run(3 * SECOND);
    swarm.publishRandomly(100, 50 * MILLISECOND);
    swarm.run(10 * SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @Test
  void shouldReachAllLeavesOfAStarLargerThanAnyMesh() {
    Swarm swarm = engines(100, 4).subscribeAll().connectStar(TCP);
    swarm.run(3 * SECOND);
    swarm.publishRandomly(200, 50 * MILLISECOND);
    swarm.run(15 * SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @Test
  void shouldPassMessagesAlongALine() {
    Swarm swarm = engines(20, 5).subscribeAll().connectLine(TCP);
    swarm.run(3 * SECOND);
    swarm.publishRandomly(100, 20 * MILLISECOND);
    swarm.run(3 * SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @Test
  void shouldReachAllOfAFullyLinkedNetwork() {
    Swarm swarm = engines(40, 6).subscribeAll().connectAll(TCP);
    swarm.run(3 * SECOND);
    swarm.publishRandomly(200, 20 * MILLISECOND);
    swarm.run(10 * SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void shouldRepairLossesAndDropDuplicates(long seed) {
    Swarm swarm = engines(60, seed).subscribeAll().connectRandomly(5, BAD_UDP);
    swarm.run(10 * SECOND);
    swarm.publishRandomly(200, 50 * MILLISECOND);
    swarm.run(30 * SECOND);
    swarm.assertAllDeliveredOnce();
    assertTrue(swarm.network.lost() > 1000);
  }

  @Test
  void shouldRepairLossesOnTheOnlyLink() {
    Swarm swarm = engines(2, 10).subscribeAll().connectAll(BAD_UDP);
    swarm.run(10 * SECOND);
    swarm.publishRandomly(500, 50 * MILLISECOND);
    swarm.run(30 * SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @Test
  void shouldDeliverInAnyOrderOfSubscribingAndConnecting() {
    for (int order = 0; order < 6; order++) {
      Swarm swarm = engines(2, 100 + order);
      Runnable[] steps = {
        () -> swarm.nodes.get(0).subscribe(TOPIC),
        () -> swarm.nodes.get(1).subscribe(TOPIC),
        () -> swarm.connectAll(TCP)
      };
      int first = order / 2;
      int second = (first + 1 + order % 2) % 3;
      for (int step : new int[] {first, second, 3 - first - second}) {
        steps[step].run();
        swarm.run(5 * SECOND);
      }
      assertEquals(1, swarm.publish(0), "order " + order);
      assertEquals(1, swarm.publish(1), "order " + order);
      swarm.run(SECOND);
      swarm.assertAllDeliveredOnce();
    }
  }

  @Test
  void shouldKeepStableSubscribersSuppliedThroughChurn() {
    Swarm swarm = engines(50, 11).subscribeAll().connectRandomly(6, TCP);
    swarm.run(3 * SECOND);
    for (int round = 0; round < 200; round++) {
      churn(swarm, round);
      swarm.publish(swarm.random.nextInt(25));
      swarm.run(100 * MILLISECOND);
    }
    swarm.run(20 * SECOND);
    for (int node = 0; node < 25; node++) {
      swarm.assertDeliveredOnce(node);
    }
  }

  /** The second half of the nodes comes and goes; the line through the first half stays. */
  private static void churn(Swarm swarm, int round) {
    int node = 25 + swarm.random.nextInt(25);
    int other = swarm.random.nextInt(50);
    if (round % 2 == 0) {
      swarm.nodes.get(node).unsubscribe(TOPIC);
    } else {
      swarm.nodes.get(node).subscribe(TOPIC);
    }
    if (other != node && !swarm.network.disconnect(node, other)) {
      swarm.network.connect(node, other, TCP);
    }
  }

  @Test
  void shouldRunTheSameWayForTheSameSeed() {
    assertEquals(traceOf(12), traceOf(12));
    assertNotEquals(traceOf(12), traceOf(13));
  }

  private static long traceOf(long seed) {
    Swarm swarm = engines(30, seed).subscribeAll().connectRandomly(5, BAD_UDP);
    swarm.publishRandomly(50, 100 * MILLISECOND);
    swarm.run(10 * SECOND);
    return swarm.network.traceHash();
  }
}
