// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.NatType;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final Tried STUN = new Tried("STUN", "192.0.2.1:3478", true, "");

  private static List<String> advice(
      Mapping mapping, boolean carrier, String mapped, Tried... tried) {
    return Advice.completed(
            new NatFindings(
                NatType.UNKNOWN,
                mapping,
                Filtering.UNKNOWN,
                carrier,
                "",
                mapped,
                List.of(),
                List.of(),
                List.of(tried),
                List.of()))
        .advice();
  }

  @Test
  void shouldNameTheKeysOfWhatWorked() {
    assertEquals(
        List.of(
            "A router opens ports: turn that on for the node with"
                + " \"nat\":{\"upnp_enabled\":true,\"pcp_enabled\":true}."),
        advice(
            Mapping.ENDPOINT_INDEPENDENT,
            false,
            "192.0.2.9:1",
            STUN,
            new Tried("UPnP", "192.168.7.1", true, ""),
            new Tried("NAT-PMP", "192.168.7.1", false, ""),
            new Tried("PCP", "192.168.7.1", true, "")));
  }

  @Test
  void shouldNotPromiseAnythingOfRouterBehindAnother() {
    String advice = advice(Mapping.ENDPOINT_INDEPENDENT, true, "100.64.0.9:1", STUN).getFirst();
    assertTrue(advice.startsWith("The router opens ports, but it is behind a NAT itself."), advice);
  }

  @Test
  void shouldTellHowFarHolePunchingLeads() {
    assertEquals(1, advice(Mapping.ENDPOINT_INDEPENDENT, false, "", STUN).size());
    assertEquals(2, advice(Mapping.ADDRESS_DEPENDENT, false, "", STUN).size());
  }

  @Test
  void shouldSpeakOfTheFirewallWhereNothingIsTranslated() {
    assertTrue(advice(Mapping.NONE, false, "", STUN).getFirst().contains("firewall"));
  }

  @Test
  void shouldSayThatUdpMayBeBlocked() {
    Tried silent = new Tried("STUN", "192.0.2.1:3478", false, "no answer");
    assertTrue(
        advice(Mapping.UNKNOWN, false, "", silent).getFirst().contains("UDP may be blocked"));
    assertEquals(1, advice(Mapping.UNKNOWN, false, "").size(), "nobody was asked");
  }
}
