// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AdvertisedAddressTest {
  private static final InetAddress LAN = InetAddress.ofLiteral("10.0.0.7");

  private static String advertised(String bound, String... remotes) {
    return advertised(null, bound, remotes);
  }

  private static String advertised(
      @Nullable InetSocketAddress external, String bound, String... remotes) {
    return new AdvertisedAddress(
            new InetSocketAddress(InetAddress.ofLiteral(bound), 7),
            () -> Stream.of(remotes).map(InetAddress::ofLiteral),
            () -> Optional.of(LAN),
            () -> new NatProfile(NatType.UNKNOWN, false, external, 0))
        .text();
  }

  @Test
  void shouldNameTheAddressItIsBoundTo() {
    assertEquals("192.0.2.1:7", advertised("192.0.2.1", "127.0.0.1"));
    assertEquals("[2001:db8:0:0:0:0:0:1]:7", advertised("2001:db8::1"));
  }

  @Test
  void shouldNameTheAddressThatOthersSeeUnlessNobodyCanDialIt() {
    InetSocketAddress outside = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 9);
    assertEquals("203.0.113.1:9", advertised(outside, "0.0.0.0", "192.0.2.1"));
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    assertEquals("10.0.0.7:7", advertised(loopback, "0.0.0.0", "192.0.2.1"));
  }

  @Test
  void shouldNameLoopbackWhileAllPeersAreThere() {
    assertEquals("127.0.0.1:7", advertised("0.0.0.0", "127.0.0.1", "127.0.0.2"));
    assertEquals("10.0.0.7:7", advertised("0.0.0.0", "127.0.0.1", "192.0.2.1"));
    assertEquals("10.0.0.7:7", advertised("0.0.0.0"));
  }
}
