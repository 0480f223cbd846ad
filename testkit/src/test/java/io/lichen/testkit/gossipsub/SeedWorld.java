// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.Suite.MILLISECOND;
import static io.lichen.testkit.gossipsub.Suite.SECOND;

import io.lichen.gossipsub.GossipSubParams;
import io.lichen.testkit.LinkProfile;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The world of one seed: 20 to 120 nodes, each dialling 4 to 11 others over datagrams or streams of
 * up to 100 ms that lose up to 2 % and duplicate up to 5 % of what is sent. In it, up to a tenth of
 * the nodes read slowly or crash and come back, and an island is cut off for ten seconds, noticed
 * by the others or not.
 */
final class SeedWorld {
  private static final double MOST_LOST = 0.02;
  private static final double MOST_DOUBLED = 0.05;

  final GossipWorld world;
  private final SplittableRandom random;
  private final int nodes;
  private final int dials;
  private final LinkProfile profile;

  SeedWorld(long seed) {
    world = new GossipWorld(seed);
    random = world.random();
    nodes = random.nextInt(20, 121);
    dials = random.nextInt(4, 12);
    profile = profile(random);
    world.addEngines(nodes, GossipSubParams.defaults()).subscribeAll();
    world.connectRandomly(dials, profile);
    world.run(5 * SECOND);
  }

  private static LinkProfile profile(SplittableRandom random) {
    long latencyNs = random.nextLong(MILLISECOND, 100 * MILLISECOND);
    double loss = MOST_LOST * random.nextDouble();
    double duplication = MOST_DOUBLED * random.nextDouble();
    return random.nextBoolean()
        ? LinkProfile.stream(latencyNs, loss, 200 * MILLISECOND)
        : LinkProfile.lossy(latencyNs, latencyNs, loss, duplication);
  }

  /** Ten messages, small and large, in two seconds, and time to repair what got lost. */
  DeliveryReport publish() {
    int first = world.journal().published();
    world.publishRandomly(10, 200 * MILLISECOND, random.nextInt(4096));
    world.run(15 * SECOND);
    return world.report(node -> true, first, 0, 0);
  }

  /**
   * All that goes wrong, over ten seconds, and ten heartbeats after it; ten more where the mesh is
   * not whole by then: with few links and many faults a node may have to ask twice for a place.
   */
  void sufferFaults() {
    for (int slow = random.nextInt(nodes / 10 + 1); slow > 0; slow--) {
      world.network().setReadTime(random.nextInt(nodes), random.nextLong(2 * MILLISECOND));
    }
    for (int crash = random.nextInt(nodes / 10 + 1); crash > 0; crash--) {
      int node = random.nextInt(nodes);
      world.crash(node, random.nextLong(3 * SECOND));
      // Not before the network is whole again: nobody can dial through a partition.
      world.time().schedule(11 * SECOND, () -> rejoin(node));
    }
    if (random.nextBoolean()) {
      world.network().sever(island());
    } else {
      world.network().partition(island());
    }
    world.run(10 * SECOND);
    world.network().heal();
    world.network().mend();
    world.run(10 * SECOND);
    for (int more = 0; more < 10 && !world.mesh(GossipWorld.TOPIC).isWhole(); more++) {
      world.run(SECOND);
    }
  }

  private void rejoin(int node) {
    if (!world.network().isUp(node)) {
      world.restart(node, dials, profile);
    }
  }

  private Set<Integer> island() {
    Set<Integer> island = new HashSet<>();
    for (int size = random.nextInt(1, nodes / 2); size > 0; size--) {
      island.add(random.nextInt(nodes));
    }
    return island;
  }
}
