// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

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
}
