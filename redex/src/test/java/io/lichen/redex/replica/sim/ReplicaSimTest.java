// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Sets of replicas in trouble: nothing that was acknowledged is lost while a majority keeps what it
 * has, replicas become equal, one leader acknowledges in a term, and nobody sees what does not
 * stay.
 */
class ReplicaSimTest {
  private static final int SEEDS =
      System.getProperty("lichen.suite", "sample").equals("full") ? 10_000 : 200;

  @Test
  void shouldKeepWhatWasAcknowledgedWhateverHappens() {
    long first = Long.getLong("lichen.seed", 1);
    long acknowledged = 0;
    for (long seed = first; seed < first + SEEDS; seed++) {
      try {
        acknowledged += new World(seed).run();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(acknowledged > 50L * SEEDS, acknowledged + " records were acknowledged in all");
  }

  @Test
  void shouldDoTheSameWithTheSameSeed() {
    assertEquals(new World(7).run(), new World(7).run());
  }
}
