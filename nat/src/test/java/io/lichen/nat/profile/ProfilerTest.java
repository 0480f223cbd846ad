// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.behaviour.NatBehaviour;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfilerTest {
  private static final long HOLDS_NS = 100;
  private static final InetSocketAddress ANY = new InetSocketAddress("0.0.0.0", 4000);

  private final Profiler profiler = new Profiler(ANY, HOLDS_NS);

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  private static InetSocketAddress out(int port) {
    return at("203.0.113.1", port);
  }

  private void stun(Mapping mapping, Filtering filtering, InetSocketAddress... samples) {
    profiler.stun(new NatBehaviour(mapping, filtering, samples[0]), List.of(samples), 0);
  }

  /** How peers at hosts of their own see the socket. */
  private void peers(long nowNs, InetSocketAddress... samples) {
    List<Sample> round = new ArrayList<>();
    for (InetSocketAddress mapped : samples) {
      round.add(new Sample(InetAddress.ofLiteral("192.0.2." + (round.size() + 1)), mapped));
    }
    profiler.peers(round, nowNs);
  }

  private NatType type() {
    return profiler.profile().type();
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, ENDPOINT_INDEPENDENT, public",
    "NONE, ADDRESS_DEPENDENT, restricted_cone",
    "NONE, UNKNOWN, port_restricted_cone",
    "ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT, full_cone",
    "ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT, restricted_cone",
    "ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT, port_restricted_cone",
    "ENDPOINT_INDEPENDENT, UNKNOWN, port_restricted_cone",
    "ADDRESS_DEPENDENT, ENDPOINT_INDEPENDENT, symmetric_nat",
    "ADDRESS_AND_PORT_DEPENDENT, UNKNOWN, symmetric_nat",
    "UNKNOWN, UNKNOWN, unknown",
  })
  void shouldNameWhatStunFoundOut(Mapping mapping, Filtering filtering, String name) {
    stun(mapping, filtering, out(7000));
    assertEquals(name, type().wireName());
    assertEquals(out(7000), profiler.profile().external());
    assertFalse(profiler.profile().reachable());
  }

  @Test
  void shouldNotTakeThatARoundIsLaterForAnotherMapping() {
    peers(0, out(7000));
    peers(1, out(7001));
    peers(2, out(7002));
    assertEquals(NatType.UNKNOWN, type());
    assertEquals(out(7002), profiler.profile().external());
  }

  @Test
  void shouldNotTakeAGatewaysPortForASecondMapping() {
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN, out(7000), out(7000));
    profiler.gateway(out(4000));
    assertEquals(NatType.PORT_RESTRICTED_CONE, type());
    assertEquals(out(4000), profiler.profile().external());
    profiler.gateway(null);
    assertEquals(out(7000), profiler.profile().external());
  }

  @Test
  void shouldRecoverFromBeingCalledSymmetric() {
    stun(Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.UNKNOWN, out(7000), out(7002), out(7004));
    assertEquals(NatType.SYMMETRIC_NAT, type());
    assertEquals(2, profiler.profile().portStep());
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT, out(7000), out(7000));
    assertEquals(NatType.RESTRICTED_CONE, type());
    assertEquals(0, profiler.profile().portStep());
  }

  @Test
  void shouldKeepWhatItKnowsThroughARoundThatNobodyAnswers() {
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.ENDPOINT_INDEPENDENT, out(7000));
    profiler.stun(NatBehaviour.UNKNOWN, List.of(), 1);
    stun(Mapping.ADDRESS_DEPENDENT, Filtering.UNKNOWN, out(0));
    peers(1);
    profiler.claims(List.of());
    assertEquals(NatType.FULL_CONE, type());
    assertEquals(out(7000), profiler.profile().external());
  }

  @Test
  void shouldKeepFilteringThroughARoundThatTellsOfMappingOnly() {
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT, out(7000));
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN, out(7000));
    assertEquals(NatType.RESTRICTED_CONE, type());
  }

  @Test
  void shouldGoByPeersWhereNoServerAnswers() {
    peers(0, out(7000), out(7000));
    assertEquals(NatType.PORT_RESTRICTED_CONE, type());
    peers(0, out(7000), out(7001), out(7002));
    assertEquals(NatType.SYMMETRIC_NAT, type());
    assertEquals(1, profiler.profile().portStep());
  }

  @Test
  void shouldNotLetPeersContradictServersForAWhile() {
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN, out(7000), out(7000));
    peers(HOLDS_NS - 1, at("198.51.100.9", 1), at("198.51.100.9", 2));
    assertEquals(NatType.PORT_RESTRICTED_CONE, type());
    assertEquals(out(7000), profiler.profile().external());
    peers(HOLDS_NS, out(1), out(2));
    assertEquals(NatType.SYMMETRIC_NAT, type());
  }

  @Test
  void shouldPreferWhatCanBeDialledFromFartherAway() {
    profiler.claims(List.of(new Sample(InetAddress.ofLiteral("192.0.2.9"), at("10.0.0.9", 1))));
    assertEquals(at("10.0.0.9", 4000), profiler.profile().external(), "the port is its own");
    peers(0, out(7000));
    assertEquals(out(7000), profiler.profile().external());
    stun(Mapping.UNKNOWN, Filtering.UNKNOWN, at("100.64.0.1", 7));
    assertEquals(out(7000), profiler.profile().external());
  }

  @Test
  void shouldCallItPublicOrOpenOnceOthersHaveConnected() {
    stun(Mapping.UNKNOWN, Filtering.UNKNOWN, out(4000));
    profiler.reachable(true);
    assertEquals(NatType.PUBLIC, type());
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN, out(4000));
    assertEquals(NatType.FULL_CONE, type());
    assertTrue(profiler.profile().reachable());
    profiler.reachable(false);
    assertEquals(NatType.PORT_RESTRICTED_CONE, type());
  }

  @Test
  void shouldNotBelieveThatAnotherAddressCanBeReachedToo() {
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN, out(4000));
    profiler.reachable(true);
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN, out(4001));
    assertFalse(profiler.profile().reachable());
  }

  @Test
  void shouldDoubtReachOnceTheMappingTurnsOutToDependOnTheDestination() {
    stun(Mapping.UNKNOWN, Filtering.UNKNOWN, out(4000));
    profiler.reachable(true);
    stun(Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.UNKNOWN, out(4000), out(4001));
    assertFalse(profiler.profile().reachable());
    profiler.reachable(true);
    stun(Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.UNKNOWN, out(4000), out(4001));
    assertTrue(profiler.profile().reachable(), "that is nothing new");
  }

  @Test
  void shouldSeeAProvidersNat() {
    stun(Mapping.ENDPOINT_INDEPENDENT, Filtering.UNKNOWN, out(7000));
    profiler.gateway(at("100.64.0.7", 4000));
    assertEquals(NatType.CGNAT, type());
    assertEquals(out(7000), profiler.profile().external());
    profiler.gateway(at("198.51.100.77", 4000));
    assertEquals(NatType.CGNAT, type(), "the gateway's address is not the one that is seen");
    profiler.gateway(null);
    assertEquals(NatType.PORT_RESTRICTED_CONE, type());
    profiler.ownCarrierAddress(true);
    assertEquals(NatType.CGNAT, type());
  }

  @Test
  void shouldForgetTheOldPlaceWhenTheNetworkChanges() {
    stun(Mapping.ADDRESS_DEPENDENT, Filtering.ADDRESS_DEPENDENT, out(7000));
    profiler.gateway(at("100.64.0.7", 4000));
    profiler.networkChanged();
    assertEquals(NatProfile.UNKNOWN, profiler.profile());
    assertNull(profiler.profile().external());
  }

  @Test
  void shouldKnowWhatAnAddressSaysToWhichTheSocketIsBound() {
    Profiler bound = new Profiler(out(4000), HOLDS_NS);
    assertEquals(new NatProfile(NatType.PUBLIC, true, out(4000), 0), bound.profile());
    bound.reachable(false);
    assertEquals(NatType.UNKNOWN, bound.profile().type());
    bound.networkChanged();
    assertEquals(out(4000), bound.profile().external());
    assertFalse(bound.profile().reachable());
  }
}
