// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.nat.path.Openness;
import io.lichen.nat.profile.Sample;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What peers see, and what follows. */
class VerdictTest {
  private static final InetSocketAddress BOUND = new InetSocketAddress("192.168.1.7", 9000);

  @Test
  void shouldBeOpenWhereItIsSeenAsItIsBound() {
    assertEquals(
        Openness.OPEN, of("198.51.100.1 192.168.1.7:9000", "198.51.100.2 192.168.1.7:9000"));
  }

  @Test
  void shouldBeACone() {
    assertEquals(Openness.CONE, of("198.51.100.1 203.0.113.9:7", "198.51.100.2 203.0.113.9:7"));
  }

  @Test
  void shouldBeSymmetric() {
    assertEquals(
        Openness.SYMMETRIC, of("198.51.100.1 203.0.113.9:7", "198.51.100.2 203.0.113.9:8"));
  }

  @Test
  void shouldNotTakeANatThatKeepsPortsForNone() {
    assertEquals(
        Openness.CONE, of("198.51.100.1 203.0.113.9:9000", "198.51.100.2 203.0.113.9:9000"));
  }

  @Test
  void shouldTellFromPeersOnOneHostWhatTheyTell() {
    assertEquals(Openness.CONE, of("198.51.100.1 203.0.113.9:7", "198.51.100.1 203.0.113.9:7"));
    assertEquals(
        Openness.SYMMETRIC, of("198.51.100.1 203.0.113.9:7", "198.51.100.1 203.0.113.9:8"));
  }

  @Test
  void shouldNotListenToPeersInItsOwnNetworkAboutTheNatBefore() {
    assertNull(of("192.168.1.8 192.168.1.7:9000", "198.51.100.1 203.0.113.9:7"));
    assertEquals(
        Openness.CONE,
        of(
            "192.168.1.8 192.168.1.7:9000",
            "198.51.100.1 203.0.113.9:7",
            "198.51.100.2 203.0.113.9:7"));
  }

  @Test
  void shouldBeOutvotedByNobodyAlone() {
    assertNull(of("198.51.100.1 203.0.113.9:7"));
    assertNull(of());
    assertEquals(
        Openness.CONE,
        of("198.51.100.1 203.0.113.9:7", "198.51.100.2 203.0.113.9:7", "198.51.100.3 192.0.2.1:7"));
  }

  /** Who sees what. */
  private static @Nullable Openness of(String... answers) {
    List<Sample> samples = new ArrayList<>();
    for (String answer : answers) {
      String[] parts = answer.split("[ :]", 0);
      InetSocketAddress seen = new InetSocketAddress(parts[1], Integer.parseInt(parts[2]));
      samples.add(new Sample(new InetSocketAddress(parts[0], 0).getAddress(), seen));
    }
    Verdict verdict = Verdict.of(samples, BOUND::equals);
    return verdict == null ? null : verdict.openness();
  }
}
