// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.behaviour.NatBehaviour;
import io.lichen.testkit.nat.Dependence;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behaviour discovery by STUN tells the NATs of the tests apart. */
@SuppressWarnings("NullAway.Init") // JUnit calls startServer first.
class StunBehaviourTest extends InternetScenario {
  private StunServer server;

  @BeforeEach
  void startServer() {
    server = new StunServer(internet().host());
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellTheKindsApart(NatKind kind) {
    Router router = internet().router(kind);
    NatBehaviour found = Discovery.from(router.host(), server);
    boolean isCone = kind.rules().mapping() == Dependence.ENDPOINT_INDEPENDENT;
    assertEquals(
        isCone ? Mapping.ENDPOINT_INDEPENDENT : Mapping.ADDRESS_AND_PORT_DEPENDENT,
        found.mapping());
    assertEquals(kind.rules().filtering().name(), found.filtering().name());
    assertTrue(found.mapped() != null && isAt(router.external(), found.mapped()), found.toString());
  }

  @Test
  void shouldSeeTheStricterOfTwoInARow() {
    Router carrier = internet().router(RouterSpec.of(NatKind.SYMMETRIC).atCarrier());
    NatBehaviour found = Discovery.from(carrier.router(NatKind.FULL_CONE).host(), server);
    assertEquals(Mapping.ADDRESS_AND_PORT_DEPENDENT, found.mapping());
    assertEquals(Filtering.ADDRESS_AND_PORT_DEPENDENT, found.filtering());
  }

  @Test
  void shouldFindNothingInTheWayOfAPublicHost() {
    NatBehaviour found = Discovery.from(internet().host(), server);
    assertEquals(Mapping.NONE, found.mapping());
    assertEquals(Filtering.ENDPOINT_INDEPENDENT, found.filtering());
  }

  @Test
  void shouldKnowNothingBehindAWallAgainstUdp() {
    Router router = internet().router(NatKind.FULL_CONE);
    router.dropUdp(true);
    assertEquals(NatBehaviour.UNKNOWN, Discovery.from(router.host(), server));
    router.dropUdp(false);
    router.loseInbound(100);
    assertEquals(NatBehaviour.UNKNOWN, Discovery.from(router.host(), server));
  }

  private static boolean isAt(String address, InetSocketAddress mapped) {
    return mapped.getAddress().getHostAddress().equals(address);
  }
}
