// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A table does what its rules say. */
class NatTableTest {
  private static final InetAddress OUTSIDE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetSocketAddress INSIDE = at("192.168.1.2", 5000);
  private static final InetSocketAddress FIRST = at("203.0.113.1", 1);
  private static final InetSocketAddress FIRSTS_OTHER_PORT = at("203.0.113.1", 2);
  private static final InetSocketAddress OTHER = at("203.0.113.2", 1);
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldKeepOnePortForAllAsACone() {
    NatTable table = table(NatRules.restrictedCone());
    assertEquals(at("192.0.2.1", 5000), table.outbound(INSIDE, FIRST, 0));
    assertEquals(at("192.0.2.1", 5000), table.outbound(INSIDE, OTHER, 0));
    assertEquals(1, table.size());
  }

  @Test
  void shouldTakeAnotherPortForEachDestinationWhenSymmetric() {
    NatTable table = table(NatRules.sequentialSymmetric());
    int first = portTo(table, FIRST);
    assertEquals(next(first), portTo(table, FIRSTS_OTHER_PORT));
    assertEquals(next(next(first)), portTo(table, OTHER));
    assertEquals(first, portTo(table, FIRST), "an old one keeps its own");
  }

  @Test
  void shouldDrawPortsWhereTheyAreRandom() {
    NatTable table = table(NatRules.symmetric());
    Set<Integer> steps = new HashSet<>();
    int before = portTo(table, at("203.0.113.9", 1));
    for (int i = 2; i < 20; i++) {
      int port = portTo(table, at("203.0.113.9", i));
      steps.add(port - before);
      before = port;
    }
    assertEquals(18, steps.size(), () -> "steps " + steps);
  }

  @Test
  void shouldLetInWhomTheFilterLetsIn() {
    for (Dependence filtering : Dependence.values()) {
      NatRules rules =
          new NatRules(
              Dependence.ENDPOINT_INDEPENDENT, filtering, PortAllocation.PRESERVING, false, SECOND);
      NatTable table = table(rules);
      assertNull(table.inbound(FIRST, 5000, 0), "before anything went out");
      int port = portTo(table, FIRST);
      assertEquals(INSIDE, table.inbound(FIRST, port, 0), rules::toString);
      assertEquals(
          filtering == Dependence.ADDRESS_AND_PORT_DEPENDENT ? null : INSIDE,
          table.inbound(FIRSTS_OTHER_PORT, port, 0),
          rules::toString);
      assertEquals(
          filtering == Dependence.ENDPOINT_INDEPENDENT ? INSIDE : null,
          table.inbound(OTHER, port, 0),
          rules::toString);
    }
  }

  @Test
  void shouldForgetWhatIsNotUsedFromInside() {
    NatTable table = table(NatRules.portRestrictedCone().withLifetime(10 * SECOND));
    portTo(table, FIRST);
    table.outbound(INSIDE, OTHER, 9 * SECOND);
    assertNotNull(table.inbound(OTHER, 5000, 18 * SECOND), "its own time is not over");
    assertNull(table.inbound(FIRST, 5000, 18 * SECOND), "nothing was sent to it for too long");
    assertNull(table.inbound(OTHER, 5000, 19 * SECOND), "nor to anybody");
    assertEquals(0, table.size());
  }

  @Test
  void shouldTakeTheNextPortWhenItsOwnIsTaken() {
    NatTable table = table(NatRules.fullCone());
    portTo(table, FIRST);
    InetSocketAddress neighbour = at("192.168.1.3", 5000);
    assertEquals(at("192.0.2.1", 5001), table.outbound(neighbour, FIRST, 0));
    assertEquals(neighbour, table.inbound(OTHER, 5001, 0));
  }

  @Test
  void shouldRefuseWhenAllPortsAreTakenAndReuseThoseThatAreOver() {
    NatTable table = table(NatRules.symmetric().withLifetime(SECOND));
    for (int i = 0; i < 65_536 - 1024; i++) {
      assertNotNull(table.outbound(at("192.168.1.2", i), at("203.0.113.3", i), 0));
    }
    assertNull(table.outbound(INSIDE, FIRST, SECOND - 1));
    assertNotNull(table.outbound(INSIDE, FIRST, SECOND));
  }

  @Test
  void shouldGoOnCountingAfterItForgets() {
    NatTable table = table(NatRules.sequentialSymmetric());
    int before = portTo(table, FIRST);
    table.flush();
    assertNull(table.inbound(FIRST, before, 0));
    assertEquals(next(before), portTo(table, FIRST));
    table.changeExternal(InetAddress.ofLiteral("192.0.2.2"));
    InetSocketAddress seen = table.outbound(INSIDE, FIRST, 0);
    assertNotNull(seen);
    assertNotEquals(OUTSIDE, seen.getAddress());
  }

  private static NatTable table(NatRules rules) {
    return new NatTable(rules, OUTSIDE, 7);
  }

  private static int portTo(NatTable table, InetSocketAddress destination) {
    InetSocketAddress seen = table.outbound(INSIDE, destination, 0);
    assertNotNull(seen);
    return seen.getPort();
  }

  private static int next(int port) {
    return port == 65_535 ? 1024 : port + 1;
  }

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }
}
