// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ports that peers see tell about the next one. */
class OwnPortsTest {
  private static final String HOST = "203.0.113.9";

  private final OwnPorts ports = new OwnPorts(true);

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(HOST, port);
  }

  private void learn(InetSocketAddress... mappings) {
    Map<Long, InetSocketAddress> seen = new HashMap<>();
    for (int i = 0; i < mappings.length; i++) {
      seen.put((long) i, mappings[i]);
    }
    ports.learn(seen);
  }

  @Test
  void shouldGoOnFromTheNewestMappingThatAnybodyKnows() {
    learn(at(4005), at(4000), at(4001));

    assertEquals(1, ports.step());
    assertEquals(at(4006), ports.next());
    assertEquals(at(4006), ports.next(at(4001)), "where a peer sees it that is no news");
    assertEquals(at(4009), ports.next(at(4008)), "where a new peer sees it");
    ports.spokeTo(new InetSocketAddress("198.51.100.1", 1));
    ports.spokeTo(new InetSocketAddress("198.51.100.1", 1));
    ports.spokeTo(new InetSocketAddress("198.51.100.1", 2));
    assertEquals(at(4011), ports.next());
  }

  /** Ports by chance, of several addresses, of one that is not public, too far apart, or one. */
  @ParameterizedTest
  @CsvSource({
    "203.0.113.9:4000, 203.0.113.9:39123, 203.0.113.9:1765",
    "203.0.113.9:4000, 203.0.113.10:4001, 203.0.113.9:4002",
    "192.168.1.9:4000, 192.168.1.9:4001, 192.168.1.9:4002",
    "203.0.113.9:4000, 203.0.113.9:4065, 203.0.113.9:4130",
    "203.0.113.9:4000, 203.0.113.9:4000, 203.0.113.9:4000"
  })
  void shouldNotTellWhereThereIsNoOrder(String first, String second, String third) {
    learn(address(first), address(second), address(third));

    assertEquals(0, ports.step());
    assertNull(ports.next());
    assertEquals(at(7), ports.next(at(7)));
  }

  private static InetSocketAddress address(String text) {
    int colon = text.indexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Test
  void shouldNotMindPeersInItsOwnNetwork() {
    learn(at(4000), address("192.168.1.9:700"), at(4001));

    assertEquals(at(4002), ports.next());
  }

  /** Mappings from before it would look as if they were still to come. */
  @Test
  void shouldBeginAnewWithANatThatHasForgotten() {
    learn(at(40_000), at(40_001));
    learn(at(9000), at(9001));
    assertEquals(at(9002), ports.next());
    ports.forget();

    assertEquals(0, ports.step());
    assertNull(ports.next());
  }

  @Test
  void shouldNeverTellIfItIsNotTo() {
    OwnPorts none = new OwnPorts(false);
    none.learn(Map.of(1L, at(4000), 2L, at(4001)));

    assertEquals(0, none.step());
    assertEquals(at(4001), none.next(at(4001)));
  }

  @Test
  void shouldStandInPlaceOfAPunchId() {
    for (PortHint hint : List.of(new PortHint(1, -64), new PortHint(65_535, 64))) {
      assertEquals(hint, PortHint.of(hint.punchId()));
    }
    assertEquals(0xfffe_0007, new PortHint(7, -2).punchId());
    for (int none : new int[] {0, 7, 0x0001_0000, 0x0041_0007, 0xffbf_0007, 0x8000_0001}) {
      assertNull(PortHint.of(none), Integer.toHexString(none));
    }
  }

  @Test
  void shouldReadTheTagsOfOthers() {
    for (int step : new int[] {-64, -1, 1, 64}) {
      assertEquals(step, NatWords.stepIn(List.of("a", NatWords.stepTag(step))));
    }
    for (String none : List.of("0", "65", "-65", "", "1x", "0x1", "+1", "1 ", "999999999999")) {
      assertEquals(0, NatWords.stepIn(List.of("lichen.port_step:" + none)), none);
    }
    assertEquals(0, NatWords.stepIn(List.of("nat:symmetric")));
  }
}
