// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.redex.RedexConfig;
import io.lichen.redex.replica.AckPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a set is without a leader after the one it had ended under load. */
class FailoverTest {
  private static final int SEEDS = 200;
  private static final long SECOND = 1_000 * World.MS;
  private static final int MOST_HEARTBEATS = 50;

  @Test
  void shouldHaveANewLeaderWithinFiveHeartbeats() {
    double worst = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      double heartbeats = heartbeatsWithoutLeader(seed, 3 + 2 * (int) (seed % 3));
      worst = Math.max(worst, heartbeats);
      String what = "seed " + seed + ": a new leader after " + heartbeats + " heartbeats";
      assertTrue(heartbeats <= MOST_HEARTBEATS, what);
    }
    System.out.printf("worst of %d: a new leader after %.1f heartbeats%n", SEEDS, worst);
  }

  private static double heartbeatsWithoutLeader(long seed, int size) {
    World world = new World(seed, size, AckPolicy.MAJORITY, RedexConfig.inMemory());
    world.network().calm();
    world.startAll();
    world.load();
    world.run(3 * SECOND + seed * World.MS % (World.HEARTBEAT_MS * World.MS));
    SimNode killed = leader(world).orElseThrow();
    world.kill(killed, 60 * SECOND);
    long killedNs = world.nowNs();
    while (leader(world).isEmpty() && world.nowNs() - killedNs < 10 * SECOND) {
      world.run(World.MS);
    }
    return (world.nowNs() - killedNs) / (double) (World.HEARTBEAT_MS * World.MS);
  }

  private static Optional<SimNode> leader(World world) {
    return world.nodes().stream().filter(node -> node.isUp() && node.leads()).findFirst();
  }
}
