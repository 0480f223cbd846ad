// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicSimulationTest {
  private static final int SEEDS = "full".equals(System.getProperty("lichen.suite")) ? 5_000 : 200;

  @Test
  void shouldHaveEveryMessageOnceInEveryLogWhateverHappens() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try (TopicSimulation simulation = new TopicSimulation(seed)) {
        simulation.run();
        assertEquals(List.of(), simulation.faults(), "seed " + seed);
        assertTrue(simulation.published() > 0, "seed " + seed);
      }
    }
  }
}
