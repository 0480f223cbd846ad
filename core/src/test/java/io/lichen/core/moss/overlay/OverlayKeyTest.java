// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.json.JsonException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OverlayKeyTest {
  @Property
  void shouldMeasureDistancesAsNumbers(
      @ForAll @Size(32) byte[] target, @ForAll @Size(32) byte[] x, @ForAll @Size(32) byte[] y) {
    OverlayKey from = OverlayKey.of(target);
    BigInteger toX = new BigInteger(1, target).xor(new BigInteger(1, x));
    BigInteger toY = new BigInteger(1, target).xor(new BigInteger(1, y));

    int order = from.byDistance().compare(OverlayKey.of(x), OverlayKey.of(y));

    assertEquals(toX.compareTo(toY), Integer.signum(order));
    assertEquals(toX.bitLength() - 1, from.bucket(OverlayKey.of(x)));
    assertArrayEquals(target, from.octets());
  }

  @Test
  void shouldRefuseOtherLengths() {
    assertThrows(IllegalArgumentException.class, () -> OverlayKey.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> OverlayKey.of(new byte[33]));
  }

  @Test
  void shouldDropTheContactNotHeardOfForLongestFromAFullBucket() {
    RoutingTable table = new RoutingTable(new OverlayKey(0, 0, 0, 0), 2);
    OverlayKey first = new OverlayKey(-1, 0, 0, 1);
    OverlayKey second = new OverlayKey(-1, 0, 0, 2);
    OverlayKey third = new OverlayKey(-1, 0, 0, 3);
    table.add(new RoutingTable.Contact(first, "a:1"));
    table.add(new RoutingTable.Contact(second, "b:1"));
    table.add(new RoutingTable.Contact(first, "a:2"));
    table.add(new RoutingTable.Contact(third, "c:1"));
    table.add(new RoutingTable.Contact(new OverlayKey(0, 0, 0, 0), "self:1"));

    assertTrue(table.contains(first));
    assertFalse(table.contains(second));
    assertEquals(2, table.size());
    assertEquals(1, table.evicted());
    assertEquals("a:2", table.closest(first, 1).getFirst().address());
  }

  @Test
  void shouldReadHintsInAnyLetterCaseAndRefuseRandomOnesOnlyWithItsException() throws Exception {
    byte[] text =
        "{\"ATT\":[\"a:1\",null],\"x\":{},\"nat\":\"public\"}".getBytes(StandardCharsets.UTF_8);
    assertEquals(new ReachabilityHint(List.of("a:1", ""), "public"), ReachabilityHint.decode(text));
    assertEquals(new ReachabilityHint(List.of(), ""), ReachabilityHint.of(new byte[] {'['}));

    Fuzz.run(
        List.of(text, "{\"att\":null}".getBytes(StandardCharsets.UTF_8)),
        input -> {
          ReachabilityHint hint;
          try {
            hint = ReachabilityHint.decode(input);
          } catch (JsonException e) {
            return;
          }
          assertEquals(hint, ReachabilityHint.decode(hint.encode()));
        });
  }
}
