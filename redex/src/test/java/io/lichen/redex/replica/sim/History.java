// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.redex.RedexRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What was promised to anybody: it must hold for all, for ever. */
final class History {
  private final String world;
  private final TreeMap<Long, byte[]> acknowledged = new TreeMap<>();
  private final Map<Long, byte[]> seen = new HashMap<>();
  private final Map<Long, Long> leaders = new HashMap<>();

  History(String world) {
    this.world = world;
  }

  /** A leader acknowledged a record. */
  void acknowledged(long seq, byte[] payload, long term, long leader) {
    byte[] before = acknowledged.putIfAbsent(seq, payload);
    assertTrue(before == null, () -> world + ": number " + seq + " was acknowledged twice");
    Long other = leaders.putIfAbsent(term, leader);
    assertTrue(
        other == null || other == leader,
        () -> world + ": " + leader + " and " + other + " acknowledged in term " + term);
    stays(seq, payload);
  }

  /** A reader saw a record that is committed. */
  void saw(RedexRecord record) {
    stays(record.seq(), record.payload());
  }

  private void stays(long seq, byte[] payload) {
    byte[] before = seen.putIfAbsent(seq, payload);
    if (before != null) {
      assertArrayEquals(before, payload, () -> world + ": record " + seq + " was another one");
    }
  }

  /** What was acknowledged from a number on. */
  Map<Long, byte[]> acknowledgedFrom(long seq) {
    return acknowledged.tailMap(seq);
  }

  int size() {
    return acknowledged.size();
  }

  void check(long expected, long was, String what) {
    assertEquals(expected, was, () -> world + ": " + what);
  }

  void check(boolean holds, String what) {
    assertTrue(holds, () -> world + ": " + what);
  }
}
