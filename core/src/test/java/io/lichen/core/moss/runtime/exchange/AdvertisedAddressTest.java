// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AdvertisedAddressTest {
  private static final InetAddress LAN = InetAddress.ofLiteral("10.0.0.7");

  private static String advertised(String bound, String... remotes) {
    return new AdvertisedAddress(
            new InetSocketAddress(InetAddress.ofLiteral(bound), 7),
            () -> Stream.of(remotes).map(InetAddress::ofLiteral),
            () -> Optional.of(LAN))
        .text();
  }

  @Test
  void shouldNameTheAddressItIsBoundTo() {
    assertEquals("192.0.2.1:7", advertised("192.0.2.1", "127.0.0.1"));
    assertEquals("[2001:db8:0:0:0:0:0:1]:7", advertised("2001:db8::1"));
  }

  @Test
  void shouldNameLoopbackWhileAllPeersAreThere() {
    assertEquals("127.0.0.1:7", advertised("0.0.0.0", "127.0.0.1", "127.0.0.2"));
    assertEquals("10.0.0.7:7", advertised("0.0.0.0", "127.0.0.1", "192.0.2.1"));
    assertEquals("10.0.0.7:7", advertised("0.0.0.0"));
  }
}
