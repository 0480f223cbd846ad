// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenOffersTest {
  private final OpenOffers<String, Integer> offers = new OpenOffers<>(2);

  @Test
  void shouldTakeRepliesOfWhomWasAskedInTheNameOfWhomIsWanted() {
    offers.open("h", "coordinator", "target", 7);
    assertEquals(Optional.empty(), offers.take("x", "coordinator", "target"));
    assertEquals(Optional.empty(), offers.take("h", "stranger", "target"));
    assertEquals(Optional.empty(), offers.take("h", "coordinator", "stranger"));
    assertEquals(Optional.of(7), offers.take("h", "coordinator", "target"));
    assertTrue(offers.isOpen("h"), "a better one may follow");
  }

  @Test
  void shouldTakeNoMoreThanSoManyAndNoneOnceItIsClosed() {
    offers.open("h", "coordinator", "target", 7);
    assertTrue(offers.take("h", "coordinator", "target").isPresent());
    assertTrue(offers.take("h", "coordinator", "target").isPresent());
    assertFalse(offers.take("h", "coordinator", "target").isPresent());
    assertFalse(offers.isOpen("h"));
    offers.open("i", "coordinator", "target", 8);
    offers.close("target");
    assertFalse(offers.take("i", "coordinator", "target").isPresent());
  }
}
