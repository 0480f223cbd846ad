// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressRankTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.5:1,PUBLIC",
    "203.0.113.5,PUBLIC",
    "[2001:db8::1]:5,PUBLIC",
    "172.32.0.1:1,PUBLIC",
    "172.31.0.1:1,PRIVATE",
    "10.0.0.1:1,PRIVATE",
    "[fd00::1]:5,PRIVATE",
    "100.64.0.1:1,CARRIER",
    "100.127.255.255:1,CARRIER",
    "100.128.0.1:1,PUBLIC",
    "127.0.0.1:1,OTHER",
    "[::1]:1,OTHER",
    "0.0.0.0:1,OTHER",
    "255.255.255.255:1,OTHER",
    "169.254.1.1:1,OTHER",
    "[fe80::1%eth0]:1,OTHER",
    "224.0.0.1:1,OTHER",
    "host.example:1,OTHER",
    "relay:abcd,OTHER",
    "'',OTHER",
    ":1,OTHER",
    "[]:1,OTHER",
  })
  void shouldRankAddresses(String address, AddressRank rank) {
    assertEquals(rank, AddressRank.of(address));
  }

  @Test
  void shouldTellLoopbackAndSameHosts() {
    assertTrue(AddressRank.isLoopback("127.3.2.1:4"));
    assertTrue(AddressRank.isLoopback("[::1]:4"));
    assertFalse(AddressRank.isLoopback("localhost:4"));
    assertTrue(AddressRank.isSameHost("192.0.2.1:1", "192.0.2.1:2"));
    assertTrue(AddressRank.isSameHost("[2001:db8::1]:1", "[2001:db8::1]:2"));
    assertFalse(AddressRank.isSameHost("192.0.2.1:1", "192.0.2.2:1"));
  }
}
