// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.Swarm.MILLISECOND;
import static io.lichen.testkit.gossipsub.Swarm.SECOND;
import static io.lichen.testkit.gossipsub.Swarm.TOPIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gossipsub.GossipSubParams;
import io.lichen.testkit.LinkProfile;
import org.junit.jupiter.api.Test;

/** Engines together with nodes that behave as the natives do. */
class NativeInteropTest {
  private static final LinkProfile TCP = LinkProfile.reliable(20 * MILLISECOND);

  @Test
  void shouldExchangeMessagesWithANativeInAnyOrderOfEvents() {
    for (int order = 0; order < 6; order++) {
      Swarm swarm = new Swarm(order).addEngines(1, GossipSubParams.defaults()).addNatives(1);
      Runnable[] steps = {
        () -> swarm.nodes.get(0).subscribe(TOPIC),
        () -> swarm.nodes.get(1).subscribe(TOPIC),
        () -> swarm.connectAll(TCP)
      };
      int first = order / 2;
      int second = (first + 1 + order % 2) % 3;
      for (int step : new int[] {first, second, 3 - first - second}) {
        steps[step].run();
        swarm.run(1100 * MILLISECOND);
      }
      for (int number = 0; number < 1000; number++) {
        assertEquals(1, swarm.publish(number % 2), "order " + order);
        swarm.run(MILLISECOND);
      }
      swarm.run(SECOND);
      swarm.assertAllDeliveredOnce();
    }
  }

  @Test
  void shouldForwardBetweenTwoNatives() {
    Swarm swarm =
        new Swarm(21).addNatives(1).addEngines(1, GossipSubParams.defaults()).addNatives(1);
    forwardAlongTheLine(swarm);
  }

  @Test
  void shouldBeForwardedByANative() {
    Swarm swarm =
        new Swarm(22)
            .addEngines(1, GossipSubParams.defaults())
            .addNatives(1)
            .addEngines(1, GossipSubParams.defaults());
    forwardAlongTheLine(swarm);
  }

  private static void forwardAlongTheLine(Swarm swarm) {
    swarm.subscribeAll().connectLine(TCP);
    swarm.run(3 * SECOND);
    for (int number = 0; number < 1000; number++) {
      swarm.publish(2 * (number % 2));
      swarm.run(2 * MILLISECOND);
    }
    swarm.run(SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @Test
  void shouldLoseNothingBehindANativeWhenMessagesFlowOneWay() {
    Swarm engines =
        new Swarm(25)
            .addEngines(1, GossipSubParams.defaults())
            .addNatives(1)
            .addEngines(1, GossipSubParams.defaults());
    flowOneWay(engines);
    engines.assertAllDeliveredOnce();

    Swarm natives = new Swarm(25).addNatives(3);
    flowOneWay(natives);
    int delivered = natives.nodes.get(2).deliveries().size();
    assertTrue(delivered < 500, () -> "natives deliver " + delivered + " among themselves");
  }

  private static void flowOneWay(Swarm swarm) {
    swarm.subscribeAll().connectLine(TCP);
    swarm.run(SECOND);
    for (int number = 0; number < 2000; number++) {
      swarm.publish(0);
      swarm.run(10 * MILLISECOND);
    }
    swarm.run(SECOND);
  }

  @Test
  void shouldReachAllOfAMixedNetwork() {
    Swarm swarm = new Swarm(23);
    for (int pair = 0; pair < 40; pair++) {
      swarm.addEngines(1, GossipSubParams.defaults()).addNatives(1);
    }
    swarm.subscribeAll().connectRandomly(5, TCP);
    swarm.run(5 * SECOND);
    swarm.publishRandomly(200, 50 * MILLISECOND);
    swarm.run(20 * SECOND);
    swarm.assertAllDeliveredOnce();
  }

  @Test
  void shouldStopPublishingToANativeThatLeftTheTopic() {
    Swarm swarm = new Swarm(24).addEngines(1, GossipSubParams.defaults()).addNatives(1);
    swarm.subscribeAll().connectAll(TCP);
    swarm.run(5 * SECOND);
    swarm.nodes.get(1).unsubscribe(TOPIC);
    swarm.run(10 * SECOND);
    assertEquals(0, swarm.publish(0));

    swarm.nodes.get(1).subscribe(TOPIC);
    swarm.run(1100 * MILLISECOND);
    assertEquals(1, swarm.publish(0));
  }
}
