// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HashRingTest {
  /** One hash with its position, as a plain queue remembers it. */
  private record Entry(long hash, long position) {}

  /** Few different hashes with equal low bits, so that probe paths are long and cross. */
  @Property(tries = 500)
  void shouldFindExactlyWhatAPlainQueueHolds(
      @ForAll @IntRange(min = 1, max = 80) int bound, @ForAll int[] inputs) {
    HashRing ring = new HashRing(bound);
    Deque<Entry> model = new ArrayDeque<>();
    for (int input : inputs) {
      long hash = Math.floorMod(input, 97);
      if (input % 5 == 0 && !model.isEmpty()) {
        model.removeFirst();
        ring.removeFirst();
      } else if (!ring.isFull() && model.stream().noneMatch(entry -> entry.hash() == hash)) {
        model.addLast(new Entry(hash, ring.add(hash, hash % 7)));
      }
      assertEquals(model.size(), ring.size());
    }
    for (long hash = 0; hash < 97; hash++) {
      long wanted = hash;
      long position =
          model.stream().filter(e -> e.hash() == wanted).mapToLong(Entry::position).sum();
      boolean present = model.stream().anyMatch(entry -> entry.hash() == wanted);
      assertEquals(present ? position : -1, ring.find(hash, hash % 7));
    }
  }

  @Test
  void shouldTellHashesApartThatDifferInOneHalfOnly() {
    HashRing ring = new HashRing(10);
    ring.add(1, 2);

    assertEquals(-1, ring.find(1, 3));
    assertEquals(-1, ring.find(2, 2));
    assertEquals(0, ring.find(1, 2));
  }

  @Test
  void shouldRefuseMoreThanTheBound() {
    HashRing ring = new HashRing(1);
    ring.add(1, 1);

    assertThrows(IllegalStateException.class, () -> ring.add(2, 2));
  }
}
