// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NameSketchTest {
  private final NameSketch sketch = new NameSketch();
  private final IdHasher hasher = new IdHasher(new SplittableRandom(1));

  private int newAmong(int first, int count) {
    int isNew = 0;
    for (int number = first; number < first + count; number++) {
      hasher.hash("topic " + number);
      isNew += sketch.isNew(hasher) ? 1 : 0;
    }
    return isNew;
  }

  @Test
  void shouldTellNewNamesFromThoseMetBefore() {
    int first = newAmong(0, 3000);

    assertTrue(first > 2500, () -> first + " of 3000");
    assertEquals(0, newAmong(0, 3000));
  }

  @Test
  void shouldNeverRunOutOfNewNames() {
    newAmong(0, 200_000);

    assertTrue(newAmong(200_000, 10_000) > 2000);
  }
}
