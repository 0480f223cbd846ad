// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.netns.Commands;
import io.lichen.conformance.netns.Namespaces;
import io.lichen.testkit.nat.Dependence;
import io.lichen.testkit.nat.PortAllocation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each NAT of the tests is what it says it is, as plain sockets on both sides see it. */
class NatKindsTest extends InternetScenario {
  private static final int SERVER_PORTS = 4;

  /** For what comes. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** For what does not come. */
  private static final Duration AT_ONCE = Duration.ofMillis(300);

  static Stream<RouterSpec> allRouters() {
    return Arrays.stream(NatKind.values())
        .flatMap(kind -> Stream.of(RouterSpec.of(kind), RouterSpec.of(kind).inOurHands()))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("allRouters")
  void shouldMapAndFilterAsItsKindSays(RouterSpec spec) {
    Host server = server();
    try (Router router = internet().router(spec);
        NatProbe probe = new NatProbe(router.host(), server)) {
      NatProbe.Filtering filtering = probe.filtering();
      List<InetSocketAddress> seen = probe.seen();
      Dependence let = spec.kind().rules().filtering();
      assertEquals(let == Dependence.ENDPOINT_INDEPENDENT, filtering.otherHost(), "another host");
      assertEquals(
          let != Dependence.ADDRESS_AND_PORT_DEPENDENT, filtering.otherPort(), "another port");
      checkMapping(spec, router, probe, seen);
    }
  }

  private static void checkMapping(
      RouterSpec spec, Router router, NatProbe probe, List<InetSocketAddress> seen) {
    seen.forEach(each -> assertEquals(InetAddress.ofLiteral(router.external()), each.getAddress()));
    List<Integer> ports = seen.stream().map(InetSocketAddress::getPort).toList();
    int first = ports.getFirst();
    switch (spec.kind().rules().ports()) {
      case PRESERVING ->
          assertEquals(List.of(first, first, first, first), ports, "one port for all");
      case SEQUENTIAL -> assertEquals(List.of(first, first + 1, first + 2, first + 3), ports);
      case RANDOM -> {
        assertEquals(SERVER_PORTS, Set.copyOf(ports).size(), () -> "a port each: " + ports);
        assertNotEquals(List.of(first, first + 1, first + 2, first + 3), ports);
      }
    }
    if (spec.kind().rules().ports() == PortAllocation.PRESERVING) {
      assertEquals(probe.internal().getPort(), first);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "SEQUENTIAL_SYMMETRIC", mode = EnumSource.Mode.EXCLUDE)
  void shouldStillBeWhatItIsBehindACarriersNat(NatKind kind) {
    Host server = server();
    Router carrier = internet().router(RouterSpec.of(kind).atCarrier());
    Router home = carrier.router(NatKind.FULL_CONE);
    assertTrue(home.external().startsWith("100.64."), home.external());
    try (NatProbe probe = new NatProbe(home.host(), server)) {
      NatProbe.Filtering filtering = probe.filtering();
      assertEquals(kind == NatKind.FULL_CONE, filtering.otherHost(), "another host");
      probe
          .seen()
          .forEach(
              each -> assertEquals(InetAddress.ofLiteral(carrier.external()), each.getAddress()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL_CONE", "PORT_RESTRICTED_CONE"})
  void shouldHairpinOnlyWhereItIsOn(NatKind kind) {
    Host server = server();
    for (RouterSpec spec : List.of(RouterSpec.of(kind), RouterSpec.of(kind).inOurHands())) {
      Router turning = internet().router(spec.withHairpin());
      assertTrue(hairpins(turning, server, LIMIT), spec + " with");
      assertFalse(hairpins(internet().router(spec), server, AT_ONCE), spec + " without");
    }
  }

  /** Both send, as those do who punch; one of them gets through in the end, or none. */
  private static boolean hairpins(Router router, Host server, Duration patience) {
    try (NatSocket outside = NatSocket.on(server);
        NatSocket one = NatSocket.on(router.host());
        NatSocket other = NatSocket.on(router.host())) {
      InetSocketAddress oneSeen = one.seenBy(outside);
      InetSocketAddress otherSeen = other.seenBy(outside);
      one.send(otherSeen);
      String answer = other.send(oneSeen);
      String again = one.send(otherSeen);
      return Waits.holdsWithin(patience, () -> one.hasHeard(answer) && other.hasHeard(again));
    }
  }

  @ParameterizedTest
  @MethodSource("allRouters")
  void shouldForgetWhatItIsToldTo(RouterSpec spec) {
    Host server = server();
    try (Router router = internet().router(spec);
        NatProbe probe = new NatProbe(router.host(), server)) {
      InetSocketAddress mapped = probe.seenByFirst();
      probe.awaitIn(mapped);
      router.flush();
      assertFalse(probe.comesIn(mapped), "after");
      router.unplug();
      assertFalse(probe.goesOut(), "without a line");
      router.replug();
      probe.awaitOut();
      String address = router.changeExternal();
      assertEquals(InetAddress.ofLiteral(address), probe.seenByFirst().getAddress());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESTRICTED_CONE", "SEQUENTIAL_SYMMETRIC"})
  void shouldLoseWhatItIsToldTo(NatKind kind) {
    Host server = server();
    Router router = internet().router(kind);
    try (NatProbe probe = new NatProbe(router.host(), server)) {
      InetSocketAddress mapped = probe.seenByFirst();
      router.loseInbound(100);
      probe.awaitOut();
      assertFalse(probe.comesIn(mapped), "the other is not");
      router.loseOutbound(100);
      assertFalse(probe.goesOut());
      probe.awaitIn(mapped);
      router.dropUdp(true);
      assertFalse(probe.goesOut());
      assertFalse(probe.comesIn(mapped));
      router.dropUdp(false);
      probe.awaitOut();
      probe.awaitIn(mapped);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL_CONE", "SEQUENTIAL_SYMMETRIC"})
  void shouldForgetAMappingAfterItsLifetime(NatKind kind) {
    Host server = server();
    RouterSpec spec = RouterSpec.of(kind).withLifetime(Duration.ofSeconds(1));
    try (Router router = internet().router(spec);
        NatProbe probe = new NatProbe(router.host(), server)) {
      InetSocketAddress mapped = probe.seenByFirst();
      probe.awaitIn(mapped);
      assertTrue(
          Waits.holdsWithin(Duration.ofSeconds(6), () -> isSilentForALifetime(probe, mapped)),
          "closed in the end");
    }
  }

  /** What comes in may keep a mapping open, so it is left alone for a while. */
  private static boolean isSilentForALifetime(NatProbe probe, InetSocketAddress mapped) {
    Waits.holdsWithin(Duration.ofMillis(1_500), () -> false);
    return !probe.comesIn(mapped);
  }

  @Test
  void shouldLeaveNothingBehind() {
    Router router = internet().router(NatKind.SEQUENTIAL_SYMMETRIC);
    Host host = router.host();
    List<String> namespaces = List.of(router.namespace(), host.namespace());
    internet().close();
    String left = Commands.output("ip", "netns", "list");
    namespaces.forEach(each -> assertFalse(left.contains(each), each));
  }

  @Test
  void shouldRemoveWhatAKilledRunHasLeft() throws Exception {
    Process run = new ProcessBuilder("true").start();
    run.waitFor();
    String left = "lichen" + run.pid() + "-1host";
    Commands.must("ip", "netns", "add", left);
    String ours = internet().host().namespace();
    Namespaces.removeLeftovers();
    String names = Commands.output("ip", "netns", "list");
    assertFalse(names.contains(left), names);
    assertTrue(names.contains(ours), names);
  }

  private Host server() {
    Host server = internet().host();
    server.addAddress();
    return server;
  }
}
