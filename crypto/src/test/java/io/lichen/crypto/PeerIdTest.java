// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PeerIdTest {
  @Property(tries = 200)
  void shouldReadItsHexInEitherCaseAndWriteLowerCase(@ForAll @Size(32) byte[] key) {
    PeerId id = PeerId.of(key);
    assertEquals(id, PeerId.parse(id.hex()));
    assertEquals(id, PeerId.parse(id.hex().toUpperCase(Locale.ROOT)));
    assertEquals(id.hex().toLowerCase(Locale.ROOT), id.toString());
    assertEquals(id.hashCode(), PeerId.parse(id.hex()).hashCode());
    assertArrayEquals(key, id.bytes());
  }

  @Property(tries = 200)
  void shouldOrderAsItsHexText(@ForAll @Size(32) byte[] first, @ForAll @Size(32) byte[] second) {
    PeerId one = PeerId.of(first);
    PeerId two = PeerId.of(second);
    assertEquals(
        Integer.signum(one.hex().compareTo(two.hex())), Integer.signum(one.compareTo(two)));
    assertEquals(Arrays.equals(first, second), one.equals(two));
  }

  @Test
  void shouldNotShareItsArray() {
    byte[] key = new byte[32];
    PeerId id = PeerId.of(key);
    key[0] = 1;
    id.bytes()[1] = 1;
    assertEquals(PeerId.of(new byte[32]), id);
    assertNotEquals(PeerId.of(key), id);
  }

  @Test
  void shouldRefuseWrongLengthsAndWhatIsNoHex() {
    assertThrows(IllegalArgumentException.class, () -> PeerId.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> PeerId.parse("ab"));
    assertThrows(IllegalArgumentException.class, () -> PeerId.parse("g".repeat(64)));
  }
}
