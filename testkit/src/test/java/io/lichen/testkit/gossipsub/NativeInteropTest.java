// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.GossipWorld.TOPIC;
import static io.lichen.testkit.gossipsub.Suite.MILLISECOND;
import static io.lichen.testkit.gossipsub.Suite.SECOND;
import static io.lichen.testkit.gossipsub.Suite.TCP;
import static io.lichen.testkit.gossipsub.Suite.assertExactlyOnce;
import static io.lichen.testkit.gossipsub.Suite.meet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gossipsub.GossipSubParams;
import org.junit.jupiter.api.Test;

/** Engines together with nodes that behave as the natives do. */
class NativeInteropTest {
  @Test
  void shouldExchangeMessagesWithANativeInAnyOrderOfEvents() {
    for (int order = 0; order < 6; order++) {
      GossipWorld world =
          new GossipWorld(order).addEngines(1, GossipSubParams.defaults()).add(1, NativeModel::new);
      meet(world, order, 1100 * MILLISECOND);
      for (int number = 0; number < 1000; number++) {
        assertEquals(1, world.publish(number % 2), "order " + order);
        world.run(MILLISECOND);
      }
      world.run(SECOND);
      assertExactlyOnce(world);
    }
  }

  @Test
  void shouldForwardBetweenTwoNatives() {
    GossipWorld world =
        new GossipWorld(21)
            .add(1, NativeModel::new)
            .addEngines(1, GossipSubParams.defaults())
            .add(1, NativeModel::new);
    forwardAlongTheLine(world);
  }

  @Test
  void shouldBeForwardedByANative() {
    GossipWorld world =
        new GossipWorld(22)
            .addEngines(1, GossipSubParams.defaults())
            .add(1, NativeModel::new)
            .addEngines(1, GossipSubParams.defaults());
    forwardAlongTheLine(world);
  }

  private static void forwardAlongTheLine(GossipWorld world) {
    world.subscribeAll().connectLine(TCP);
    world.run(3 * SECOND);
    for (int number = 0; number < 1000; number++) {
      world.publish(2 * (number % 2));
      world.run(2 * MILLISECOND);
    }
    world.run(SECOND);
    assertExactlyOnce(world);
  }

  @Test
  void shouldLoseNothingBehindANativeWhenMessagesFlowOneWay() {
    GossipWorld engines =
        new GossipWorld(25)
            .addEngines(1, GossipSubParams.defaults())
            .add(1, NativeModel::new)
            .addEngines(1, GossipSubParams.defaults());
    flowOneWay(engines);
    assertExactlyOnce(engines);

    GossipWorld natives = new GossipWorld(25).add(3, NativeModel::new);
    flowOneWay(natives);
    int delivered = natives.journal().deliveredTo(2);
    assertTrue(delivered < 500, () -> "natives deliver " + delivered + " among themselves");
  }

  private static void flowOneWay(GossipWorld world) {
    world.subscribeAll().connectLine(TCP);
    world.run(SECOND);
    for (int number = 0; number < 2000; number++) {
      world.publish(0);
      world.run(10 * MILLISECOND);
    }
    world.run(SECOND);
  }

  @Test
  void shouldReachAllOfAMixedNetwork() {
    GossipWorld world = new GossipWorld(23);
    for (int pair = 0; pair < 40; pair++) {
      world.addEngines(1, GossipSubParams.defaults()).add(1, NativeModel::new);
    }
    world.subscribeAll().connectRandomly(5, TCP);
    world.run(5 * SECOND);
    world.publishRandomly(200, 50 * MILLISECOND);
    world.run(20 * SECOND);
    assertExactlyOnce(world);
  }

  @Test
  void shouldStopPublishingToANativeThatLeftTheTopic() {
    GossipWorld world =
        new GossipWorld(24).addEngines(1, GossipSubParams.defaults()).add(1, NativeModel::new);
    world.subscribeAll().connectAll(TCP);
    world.run(5 * SECOND);
    world.unsubscribe(1, TOPIC);
    world.run(10 * SECOND);
    assertEquals(0, world.publish(0));

    world.subscribe(1, TOPIC);
    world.run(1100 * MILLISECOND);
    assertEquals(1, world.publish(0));
  }
}
