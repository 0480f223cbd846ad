// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressGroupTest {
  private static @Nullable String group(String address) throws UnknownHostException {
    return AddressGroup.of(InetAddress.getByName(address));
  }

  @Test
  void shouldTakeAPublicIpv4AddressAsAPlace() throws UnknownHostException {
    assertEquals("c633640a", group("198.51.100.10"));
    assertNotEquals(group("198.51.100.11"), group("198.51.100.10"));
    assertNotNull(group("100.63.255.255"));
    assertNotNull(group("100.128.0.0"));
  }

  @Test
  void shouldTakeANetworkOfIpv6AsAPlace() throws UnknownHostException {
    assertEquals(group("2001:db8:0:1::1"), group("2001:db8:0:1:ffff::9"));
    assertNotEquals(group("2001:db8:0:1::1"), group("2001:db8:0:2::1"));
  }

  @Test
  void shouldNotTellPeersApartWhereManyAre() throws UnknownHostException {
    for (String address :
        new String[] {
          "127.0.0.1",
          "10.1.2.3",
          "172.16.0.1",
          "192.168.1.1",
          "169.254.1.1",
          "224.0.0.1",
          "0.0.0.0",
          "100.64.0.1",
          "100.127.255.255",
          "::1",
          "fe80::1",
          "fd00::1",
          "ff02::1",
          "::"
        }) {
      assertNull(group(address), address);
    }
  }
}
