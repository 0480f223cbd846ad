// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many small worlds, each with its own size, links and faults, all from the seed. */
class SeedsTest {
  private static final int AGAIN_EVERY = 25;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void shouldDeliverEverythingInEveryWorldAndRunEachTheSameWayAgain() {
    Suite.seeds()
        .forEach(
            seed -> {
              long trace = liveThrough(seed);
              if (seed % AGAIN_EVERY == 0) {
                assertEquals(trace, liveThrough(seed), "seed " + seed);
              }
            });
  }

  private static long liveThrough(long seed) {
    SeedWorld seeded = new SeedWorld(seed);
    check(seeded.publish(), "at rest", seed);
    seeded.sufferFaults();
    MeshView mesh = seeded.world.mesh(GossipWorld.TOPIC);
    assertTrue(mesh.isWhole(), () -> mesh + ", seed " + seed);
    check(seeded.publish(), "after the faults", seed);
    return seeded.world.network().traceHash();
  }

  private static void check(DeliveryReport report, String when, long seed) {
    assertTrue(report.isExactlyOnce(), () -> when + ": " + report + ", seed " + seed);
  }
}
