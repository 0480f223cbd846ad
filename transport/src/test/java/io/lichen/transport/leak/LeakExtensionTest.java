// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakExtensionTest {
  @Test
  void shouldWatchEveryBuffer() {
    assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
  }

  @Test
  void shouldFindBufferThatNobodyReleased() {
    List<String> before = LeakExtension.collect();
    leak();
    List<String> found = new ArrayList<>();
    // The collector may need more than one look.
    for (int i = 0; i < 20 && found.isEmpty(); i++) {
      found.addAll(LeakExtension.collect());
    }
    assertEquals(List.of(), before);
    assertEquals(1, found.size());
    assertTrue(found.getFirst().contains("leak"), found.getFirst());
  }

  private static void leak() {
    ByteBufAllocator.DEFAULT.directBuffer(64).writeLong(1);
  }
}
