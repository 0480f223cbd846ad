// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static io.lichen.testkit.gossipsub.Suite.MILLISECOND;
import static io.lichen.testkit.gossipsub.Suite.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gossipsub.GossipSubParams;
import io.lichen.testkit.LinkProfile;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many small worlds, each with its own faults, all from the seed. */
class SeedsTest {
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void shouldDeliverEverythingInEveryWorld() {
    Suite.seeds().forEach(SeedsTest::liveThrough);
  }

  private static void liveThrough(long seed) {
    GossipWorld world = new GossipWorld(seed).addEngines(80, GossipSubParams.defaults());
    SplittableRandom random = world.random();
    int dials = 4 + random.nextInt(8);
    LinkProfile profile = profile(random);
    world.subscribeAll().connectRandomly(dials, profile);
    world.run(5 * SECOND);
    world.publishRandomly(10, 200 * MILLISECOND, random.nextInt(4096));
    world.run(15 * SECOND);
    check(world, 0, "at rest");

    world.network().setReadTime(random.nextInt(80), random.nextLong(2 * MILLISECOND));
    for (int crash = random.nextInt(8); crash > 0; crash--) {
      int node = random.nextInt(80);
      world.crash(node, random.nextLong(3 * SECOND));
      world.time().schedule(4 * SECOND, () -> rejoin(world, node, dials, profile));
    }
    Set<Integer> island = island(random);
    boolean noticed = random.nextBoolean();
    if (noticed) {
      world.network().sever(island);
    } else {
      world.network().partition(island);
    }
    world.run(10 * SECOND);
    world.network().heal();
    world.network().mend();
    world.run(10 * SECOND);
    MeshView mesh = world.mesh(GossipWorld.TOPIC);
    assertTrue(mesh.isWhole(), () -> mesh + ", seed " + seed);
    int first = world.journal().published();
    world.publishRandomly(10, 200 * MILLISECOND, random.nextInt(4096));
    world.run(15 * SECOND);
    check(world, first, "after the faults");
  }

  /** Latency up to 100 ms, loss up to 2 %, some duplicates; half of them streams. */
  private static LinkProfile profile(SplittableRandom random) {
    long latencyNs = random.nextLong(MILLISECOND, 100 * MILLISECOND);
    double loss = 0.02 * random.nextDouble();
    return random.nextBoolean()
        ? LinkProfile.stream(latencyNs, loss, 200 * MILLISECOND)
        : LinkProfile.lossy(latencyNs / 2, latencyNs, loss, 0.01);
  }

  private static void rejoin(GossipWorld world, int node, int dials, LinkProfile profile) {
    if (!world.network().isUp(node)) {
      world.restart(node, dials, profile);
    }
  }

  private static Set<Integer> island(SplittableRandom random) {
    Set<Integer> island = new HashSet<>();
    for (int size = random.nextInt(1, 40); size > 0; size--) {
      island.add(random.nextInt(80));
    }
    return island;
  }

  private static void check(GossipWorld world, int first, String when) {
    DeliveryReport report = world.report(node -> true, first, 0, 0);
    assertTrue(report.isExactlyOnce(), () -> when + ": " + report + ", seed " + world.seed());
  }
}
