// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subnets, and what channels of which visibility are seen from them. */
class SubnetIdTest {
  private static final SubnetId PLANT = SubnetId.of(3);
  private static final SubnetId HALL = SubnetId.of(3, 7);
  private static final SubnetId MACHINE = SubnetId.of(3, 7, 1);
  private static final SubnetId ELSEWHERE = SubnetId.of(4, 7);

  @ParameterizedTest
  @CsvSource({
    "global, 0, 0",
    "3, 50331648, 1",
    "3.7, 50790400, 2",
    "1.2.3.4, 16909060, 4",
    "0.5, 327680, 2"
  })
  void shouldReadAndWriteAsTheNative(String text, int raw, int depth) {
    SubnetId subnet = SubnetId.parse(text);
    assertEquals(raw, subnet.raw());
    assertEquals(depth, subnet.depth());
    assertEquals(text, subnet.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3.4.5", "256", "-1", "a", "3.", "Global"})
  void shouldRefuseOtherTexts(String text) {
    assertThrows(IllegalArgumentException.class, () -> SubnetId.parse(text));
  }

  @Test
  void shouldLieInItselfAndInWiderOnes() {
    assertTrue(SubnetId.GLOBAL.contains(MACHINE));
    assertTrue(PLANT.contains(MACHINE));
    assertTrue(HALL.contains(HALL));
    assertFalse(MACHINE.contains(HALL));
    assertFalse(HALL.contains(ELSEWHERE));
    assertFalse(PLANT.contains(SubnetId.GLOBAL));
    assertTrue(SubnetId.of(255, 255, 255, 255).contains(SubnetId.of(255, 255, 255, 255)));
  }

  @Test
  void shouldSeeChannelsAsTheirVisibilitySays() {
    Set<SubnetId> none = Set.of();
    assertTrue(Visibility.GLOBAL.permits(HALL, null, none));
    assertTrue(Visibility.SUBNET_LOCAL.permits(HALL, HALL, none));
    assertFalse(Visibility.SUBNET_LOCAL.permits(HALL, PLANT, none));
    assertFalse(Visibility.SUBNET_LOCAL.permits(HALL, null, none));
    assertTrue(Visibility.SUBNET_LOCAL.permits(SubnetId.GLOBAL, null, none));
    assertTrue(Visibility.PARENT_VISIBLE.permits(HALL, PLANT, none));
    assertTrue(Visibility.PARENT_VISIBLE.permits(HALL, HALL, none));
    assertFalse(Visibility.PARENT_VISIBLE.permits(HALL, MACHINE, none));
    assertFalse(Visibility.PARENT_VISIBLE.permits(HALL, null, none));
    assertTrue(Visibility.PARENT_VISIBLE.permits(SubnetId.GLOBAL, null, none));
    assertTrue(Visibility.EXPORTED.permits(HALL, MACHINE, Set.of(ELSEWHERE, PLANT)));
    assertFalse(Visibility.EXPORTED.permits(HALL, HALL, Set.of(ELSEWHERE)));
    assertFalse(Visibility.EXPORTED.permits(HALL, null, Set.of(SubnetId.GLOBAL)));
  }
}
