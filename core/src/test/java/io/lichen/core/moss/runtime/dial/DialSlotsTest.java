// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Upper-case letters relay; the vectors of kind {@code dial_select} say the same and more. */
class DialSlotsTest {
  private static final List<String> RANKED = List.of("a", "B", "c", "D", "e", "F");

  @Test
  void shouldKeepPlacesForRelaysWhileTheyAreLacking() {
    assertEquals(List.of("B", "D", "a"), choose(3, 2));
    assertEquals(List.of("B"), choose(1, 2));
  }

  @Test
  void shouldTakeFurtherRelaysLast() {
    assertEquals(List.of("a", "c", "e", "B"), choose(4, 0));
    assertEquals(List.of("B", "a", "c", "e", "D", "F"), choose(9, 1));
  }

  @Test
  void shouldChooseNobodyWithoutPlaces() {
    assertEquals(List.of(), choose(0, 2));
    assertEquals(List.of(), choose(-1, 2));
  }

  private static List<String> choose(int places, int lacking) {
    return DialSlots.choose(
        RANKED, one -> Character.isUpperCase(one.charAt(0)), one -> false, places, lacking);
  }
}
