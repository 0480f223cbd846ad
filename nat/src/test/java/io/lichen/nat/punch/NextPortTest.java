// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class NextPortTest {
  private final NextPort ports = new NextPort();

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress("203.0.113.5", port);
  }

  @Test
  void shouldGoOnFromTheLatestMappingThatAnybodySaw() {
    assertNull(ports.next(1, 0));
    ports.saw(at(4001), 1, 0);
    ports.saw(at(4003), 1, 0);
    ports.saw(at(4002), 1, 0);
    assertEquals(at(4004), ports.next(1, 0));
    ports.saw(new InetSocketAddress("203.0.113.6", 77), 1, 0);
    assertEquals(new InetSocketAddress("203.0.113.6", 78), ports.next(1, 0), "another address");
    ports.forget();
    assertNull(ports.next(1, 0));
  }

  @Test
  void shouldCountWhatThisNodeHasUsedUpItself() {
    ports.saw(at(4000), 2, 10);
    assertEquals(at(4034), ports.next(2, 26));
    ports.saw(at(4000), 2, 26);
    assertEquals(at(4034), ports.next(2, 26), "seen before");
    ports.saw(at(4040), 2, 26);
    assertEquals(at(4042), ports.next(2, 26));
  }

  @Test
  void shouldGoDownwardsAndBeginAnewAfterTheLastPort() {
    ports.saw(at(4000), -1, 0);
    ports.saw(at(3998), -1, 0);
    ports.saw(at(3999), -1, 0);
    assertEquals(at(3997), ports.next(-1, 0));
    ports.forget();
    ports.saw(at(65_535), 1, 0);
    assertNull(ports.next(1, 0), "there is no such port");
    ports.saw(at(1024), 1, 0);
    assertEquals(at(1025), ports.next(1, 0));
  }
}
