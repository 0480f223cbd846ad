// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NatTypeTest {
  @Test
  void shouldHaveTheNamesOfTheWire() {
    List<String> names = Arrays.stream(NatType.values()).map(NatType::wireName).toList();
    assertEquals(
        List.of(
            "unknown",
            "public",
            "full_cone",
            "restricted_cone",
            "port_restricted_cone",
            "symmetric_nat",
            "cgnat"),
        names);
    for (NatType type : NatType.values()) {
      assertEquals(type, NatType.of(type.wireName()));
    }
    assertNull(NatType.of("Public"));
    assertNull(NatType.of(""));
  }
}
