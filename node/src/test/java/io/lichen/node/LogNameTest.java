// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class LogNameTest {
  @Test
  void shouldGiveEveryChannelALogOfItsOwn() {
    assertEquals("sensors/lab-1", LogName.of("sensors/lab-1"));
    assertEquals("hex/4c6162", LogName.of("Lab"));
    assertEquals("hex/2e2e", LogName.of(".."));
    assertEquals("hex/6865782f346336313632", LogName.of("hex/4c6162"));
    assertEquals("hash/", LogName.of("Ü".repeat(128)).substring(0, 5));
    assertNotEquals(LogName.of("Ü".repeat(128)), LogName.of("Ö".repeat(128)));
  }
}
