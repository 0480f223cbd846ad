// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lichen.core.moss.runtime.peer.DuplicateSessionRule.Candidate;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.Carrier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases recorded from the native, and that both ends of two sessions agree. */
final class DuplicateSessionRuleTest {
  private static final PeerId LOW =
      PeerId.parse("1dd094baebaf895038fbdbdd0ef1c353b820a370f833c0d28ae2396526eb10d6");
  private static final PeerId HIGH =
      PeerId.parse("fa7716fec087bf476d689e6792404422358709fcc78412f41441365966674515");

  @ParameterizedTest
  @CsvSource({
    "low,false,0,false,false",
    "low,false,1,false,true",
    "low,false,0,true,true",
    "low,true,0,false,false",
    "low,true,1,false,true",
    "low,true,0,true,false",
    "high,false,0,false,false",
    "high,false,1,false,true",
    "high,false,0,true,false",
    "high,true,0,false,true",
    "high,true,1,false,true",
    "high,true,0,true,false",
  })
  void shouldDecideAsRecorded(
      String local, boolean existingOutbound, int misses, boolean newOutbound, boolean newWins) {
    boolean low = local.equals("low");
    DuplicateSessionRule rule = new DuplicateSessionRule(low ? LOW : HIGH, true);
    for (Carrier carrier : List.of(Carrier.TCP, Carrier.UDP)) {
      assertEquals(
          newWins,
          rule.newWins(
              low ? HIGH : LOW,
              new Candidate(carrier, existingOutbound),
              misses,
              new Candidate(carrier, newOutbound)));
    }
  }

  @Test
  void shouldPreferTheStreamWhoeverCameFirstInEraC() {
    DuplicateSessionRule rule = new DuplicateSessionRule(LOW, true);
    Candidate tcp = new Candidate(Carrier.TCP, false);
    Candidate udp = new Candidate(Carrier.UDP, true);
    assertEquals(true, rule.newWins(HIGH, udp, 0, tcp));
    assertEquals(false, rule.newWins(HIGH, tcp, 1, udp));
    assertEquals(true, new DuplicateSessionRule(LOW, false).newWins(HIGH, tcp, 0, udp));
  }

  @Test
  void shouldPreferADirectSessionToARelayedOneWhoeverCameFirst() {
    DuplicateSessionRule rule = new DuplicateSessionRule(LOW, true);
    Candidate relayed = new Candidate(Carrier.RELAY, true);
    for (Carrier carrier : List.of(Carrier.TCP, Carrier.UDP)) {
      Candidate direct = new Candidate(carrier, false);
      assertEquals(true, rule.newWins(HIGH, relayed, 0, direct));
      assertEquals(false, rule.newWins(HIGH, direct, 1, relayed));
    }
  }

  @Test
  void shouldKeepTheSameSessionAtBothEndsOfASimultaneousDial() {
    Candidate dialled = new Candidate(Carrier.TCP, true);
    Candidate accepted = new Candidate(Carrier.TCP, false);
    boolean lowKeepsDialled =
        !new DuplicateSessionRule(LOW, true).newWins(HIGH, dialled, 0, accepted);
    boolean highKeepsDialled =
        !new DuplicateSessionRule(HIGH, true).newWins(LOW, dialled, 0, accepted);
    assertNotEquals(lowKeepsDialled, highKeepsDialled);
  }
}
