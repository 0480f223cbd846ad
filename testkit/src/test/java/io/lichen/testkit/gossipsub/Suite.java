// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gossipsub.CacheParams;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.testkit.LinkProfile;
import java.util.stream.LongStream;

/** How much one build simulates, and what its worlds have in common. */
final class Suite {
  static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  static final long SECOND = 1_000_000_000L;
  static final long MILLISECOND = 1_000_000L;

  /** 50 ms, and one send in a hundred never arrives, as on a datagram carrier. */
  static final LinkProfile LOSSY = LinkProfile.lossy(50 * MILLISECOND, 50 * MILLISECOND, 0.01, 0);

  /** 20 ms, and nothing is lost. */
  static final LinkProfile TCP = LinkProfile.reliable(20 * MILLISECOND);

  private Suite() {}

  /** Worlds to try: {@code lichen.sim.seeds} many, by default 50, in the full suite 1000. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("lichen.sim.seeds", IS_FULL ? 1000 : 50));
  }

  /**
   * Tables so small that an attack reaches their bounds, and a world of thousands fits the heap.
   */
  static GossipSubParams smallTables() {
    return GossipSubParams.defaults()
        .withCaches(new CacheParams(120_000, 4096, 512, 1 << 20, 16, 32, 256, 2048, 64, 64));
  }

  /**
   * Two nodes subscribe and connect, in one of the six orders there are.
   *
   * @param order 0 to 5
   * @param pauseNs what passes after each step
   */
  static void meet(GossipWorld world, int order, long pauseNs) {
    Runnable[] steps = {
      () -> world.subscribe(0, GossipWorld.TOPIC),
      () -> world.subscribe(1, GossipWorld.TOPIC),
      () -> world.connectAll(TCP)
    };
    int first = order / 2;
    int second = (first + 1 + order % 2) % 3;
    for (int step : new int[] {first, second, 3 - first - second}) {
      steps[step].run();
      world.run(pauseNs);
    }
  }

  /** Every message that was published has reached everybody who was to get it, once. */
  static void assertExactlyOnce(GossipWorld world) {
    DeliveryReport report = world.report();
    assertTrue(report.expected() > 0, report::toString);
    assertTrue(report.isExactlyOnce(), () -> report + ", seed " + world.seed());
  }
}
