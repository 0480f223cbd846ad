// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FairTableTest {
  private final FairTable<String, Integer> table = new FairTable<>(4);

  @Test
  void shouldMakeRoomWhereMostCameFrom() {
    table.put("honest", 1, 0);
    for (int i = 0; i < 100; i++) {
      table.put("made up " + i, 2, i);
    }

    assertEquals(4, table.size());
    assertEquals(97, table.evicted());
    assertEquals(0, table.get("honest"));
    assertTrue(table.contains("made up 99"));
    assertFalse(table.contains("made up 96"));
  }

  @Test
  void shouldDropWhatWasRenewedLongestAgo() {
    for (int i = 0; i < 4; i++) {
      table.put("key " + i, 1, i);
    }
    table.put("key 0", 1, 10);

    table.put("new", 1, 4);

    assertEquals(10, table.get("key 0"));
    assertNull(table.get("key 1"));
  }

  @Test
  void shouldCountAnEntryForWhoRenewedItLast() {
    table.put("a", 1, 0);
    table.put("b", 1, 0);
    table.put("c", 2, 0);
    table.put("d", 2, 0);
    table.put("a", 2, 1);

    table.put("e", 3, 0);

    assertNull(table.get("c"));
    assertEquals(1, table.get("a"));
  }

  @Test
  void shouldForgetContributorsWithTheirLastEntry() {
    table.put("a", 1, 0);
    assertEquals(0, table.remove("a"));
    assertNull(table.remove("a"));
    table.put("b", 2, 1);
    table.put("c", 2, 2);

    table.removeIf((key, value) -> value == 1);

    assertEquals(1, table.size());
    assertEquals(0, table.evicted());
    assertThrows(IllegalArgumentException.class, () -> new FairTable<String, String>(0));
  }
}
