// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class HandshakeRateTest {
  private static final long S = 1_000_000_000L;

  private final HandshakeRate rate = HandshakeRate.ofStrangers();

  private int taken(String address, int tries, long nowNs) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rate.take(InetAddress.ofLiteral(address), nowNs) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void shouldLetAPlaceBeginManyAtOnceAndFewAfterwards() {
    // A clock may begin anywhere.
    long start = Long.MAX_VALUE - S / 2;
    assertEquals(64, taken("192.0.2.1", 1000, start));
    assertEquals(16, taken("192.0.2.1", 1000, start + S));
    assertEquals(32, taken("192.0.2.1", 1000, start + 3 * S));
    assertEquals(64, taken("192.0.2.1", 1000, start + 3600 * S));
  }

  @Test
  void shouldNotLetOnePlaceUseUpTheShareOfAnother() {
    taken("192.0.2.1", 1000, 0);
    assertEquals(64, taken("192.0.2.2", 64, 0));
  }

  @Test
  void shouldTakeAnIpv6NetworkForOnePlace() {
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      taken += taken("2001:db8:1:2::" + Integer.toHexString(i), 1, 0);
    }
    assertEquals(64, taken);
    assertEquals(64, taken("2001:db8:1:3::1", 100, 0));
  }

  @Test
  void shouldNotSlowDownThisMachine() {
    assertEquals(1000, taken("127.0.0.1", 1000, 0));
    assertEquals(1000, taken("::1", 1000, 0));
  }

  @Test
  void shouldRememberABoundedNumberOfPlacesAndCountWhomItForgetsTooSoon() {
    taken("192.0.2.1", 64, 0);
    for (int i = 0; i < HandshakeRate.MAX_PLACES - 1; i++) {
      taken("10.0." + i / 256 + "." + i % 256, 1, 0);
    }
    assertEquals(0, taken("192.0.2.1", 1, 0), "still remembered");
    assertEquals(0, rate.forgotten());
    assertTrue(rate.take(InetAddress.ofLiteral("10.9.9.9"), 3600 * S));
    assertEquals(0, rate.forgotten(), "it owed nothing any more");
    for (int i = 0; i < HandshakeRate.MAX_PLACES; i++) {
      taken("10.1." + i / 256 + "." + i % 256, 1, 3600 * S);
    }
    assertEquals(1, rate.forgotten());
  }
}
