// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.nat.local.Uplink;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PortMapperTest {
  private static final List<String> BOTH =
      List.of("TCP " + MapperRun.PORT, "UDP " + MapperRun.PORT);
  private static final String MAPPED = "203.0.113.9:" + MapperRun.PORT + " [UDP, TCP]";

  private final FakeRouter router;

  PortMapperTest() throws IOException {
    router = new FakeRouter();
  }

  @AfterEach
  void closeRouter() {
    router.close();
  }

  private static String mapped(MappingProtocol protocol) {
    return protocol.label() + " " + MAPPED;
  }

  @ParameterizedTest
  @EnumSource(MappingProtocol.class)
  void shouldOpenPortKeepItAndGiveItBack(MappingProtocol protocol) throws Exception {
    try (MapperRun run = MapperRun.at(router, protocol)) {
      assertEquals(mapped(protocol), run.next());
      assertEquals(BOTH, router.openPorts());
      assertEquals(MapperRun.PORT, run.mapper.mapping().orElseThrow().external().getPort());
      int asked = router.questions.get();
      MapperRun.await("asked again", () -> router.questions.get() >= asked + 3);
      assertEquals(List.of(), run.rest(), "nothing has changed");
    }
    MapperRun.await("given back", () -> router.openPorts().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(MappingProtocol.class)
  void shouldHaveRestartedRouterOpenThePortAgain(MappingProtocol protocol) throws Exception {
    try (MapperRun run = MapperRun.at(router, protocol)) {
      run.next();
      router.restart();
      router.igd.move();
      long startNs = System.nanoTime();
      MapperRun.await("open again", () -> router.openPorts().equals(BOTH));
      Duration took = Duration.ofNanos(System.nanoTime() - startNs);
      assertTrue(took.compareTo(MapperRun.REFRESH.multipliedBy(2).plusSeconds(4)) < 0, "" + took);
      assertEquals(List.of(), run.rest(), "nobody outside sees a difference");
      if (protocol != MappingProtocol.UPNP) {
        MapperRun.await("noticed", () -> run.counters.restarts.sum() == 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MappingProtocol.class)
  void shouldTellOfAnotherExternalAddress(MappingProtocol protocol) throws Exception {
    try (MapperRun run = MapperRun.at(router, protocol)) {
      run.next();
      router.external = InetAddress.ofLiteral("198.51.100.4");
      assertEquals(
          protocol.label() + " 198.51.100.4:" + MapperRun.PORT + " [UDP, TCP]", run.next());
      assertEquals(1, run.counters.changed.sum());
    }
  }

  @Test
  void shouldAskByUpnpFirstAndByTheOthersWhereItIsNotThere() throws Exception {
    try (MapperRun run = MapperRun.at(router, MappingProtocol.values())) {
      assertEquals(mapped(MappingProtocol.UPNP), run.next());
      assertEquals(1, run.mapper.attempts().size());
    }
    router.igd.hidden = true;
    try (MapperRun run = MapperRun.at(router, MappingProtocol.values())) {
      assertEquals(mapped(MappingProtocol.NAT_PMP), run.next());
      assertEquals(
          List.of("no router answers by UPnP", ""),
          run.mapper.attempts().stream().map(MappingAttempt::failure).toList());
    }
  }

  @Test
  void shouldGoOnLookingWhereNobodyAnswers() throws Exception {
    router.silent = true;
    try (MapperRun run = MapperRun.at(router, MappingProtocol.NAT_PMP, MappingProtocol.PCP)) {
      assertEquals(
          "NAT-PMP: the gateway opens no port by NAT-PMP; PCP: the gateway opens no port by PCP",
          run.next());
      MapperRun.await("searched again", () -> run.counters.notFound.sum() >= 2);
      assertEquals(List.of(), run.rest(), "said once");
      router.silent = false;
      assertEquals(mapped(MappingProtocol.NAT_PMP), run.next());
    }
  }

  @Test
  void shouldSayThatThereIsNoRouter() throws Exception {
    try (MapperRun run = new MapperRun(router.doors(), List::of, MappingProtocol.PCP)) {
      assertEquals("no router is known", run.next());
    }
  }

  @Test
  void shouldCountPortAsLostWhenRouterIsSilentBeyondItsTime() throws Exception {
    router.leaseSeconds = 3;
    try (MapperRun run = MapperRun.at(router, MappingProtocol.NAT_PMP)) {
      run.next();
      router.silent = true;
      assertEquals("NAT-PMP: the gateway opens no port by NAT-PMP", run.next());
      assertEquals(1, run.counters.lost.sum());
      router.silent = false;
      assertEquals(mapped(MappingProtocol.NAT_PMP), run.next());
    }
  }

  @Test
  void shouldHoldPortWithTheRouterThatMoreCanReach() throws Exception {
    router.external = InetAddress.ofLiteral("192.168.7.7");
    InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.2");
    try (FakeRouter better = new FakeRouter(elsewhere, router.doors().mappingPort());
        MapperRun run =
            new MapperRun(
                router.doors(),
                () -> List.of(router.uplink(), better.uplink()),
                MappingProtocol.PCP)) {
      assertEquals(mapped(MappingProtocol.PCP), run.next());
      assertEquals(BOTH, better.openPorts());
      MapperRun.await("the other given back", () -> router.openPorts().isEmpty());
    }
  }

  @Test
  void shouldAskTheRouterOfAnotherNetworkAtOnce() throws Exception {
    AtomicReference<List<Uplink>> uplinks = new AtomicReference<>(List.of());
    try (MapperRun run = new MapperRun(router.doors(), uplinks::get, MappingProtocol.NAT_PMP)) {
      assertEquals("no router is known", run.next());
      uplinks.set(List.of(router.uplink()));
      run.mapper.networkChanged();
      assertEquals(mapped(MappingProtocol.NAT_PMP), run.next());
      uplinks.set(List.of());
      run.mapper.networkChanged();
      assertEquals("no router is known", run.next());
      MapperRun.await("given back on leaving", () -> router.openPorts().size() < 2);
    }
  }

  @Test
  void shouldStopInTimeThoughRouterIsSilent() throws Exception {
    MapperRun run = MapperRun.at(router, MappingProtocol.NAT_PMP);
    run.next();
    router.silent = true;
    long startNs = System.nanoTime();
    run.close();
    run.close();
    Duration took = Duration.ofNanos(System.nanoTime() - startNs);
    assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, "" + took);
  }

  @ParameterizedTest
  @EnumSource(MappingProtocol.class)
  void shouldLeaveNothingOpenWhenStoppedAtAnyTime(MappingProtocol protocol) throws Exception {
    for (int waitMs = 0; waitMs < 400; waitMs += 80) {
      MapperRun run = MapperRun.at(router, protocol);
      LockSupport.parkNanos(1_000_000L * waitMs);
      run.close();
      MapperRun.await("closed after " + waitMs + " ms", () -> router.openPorts().isEmpty());
    }
  }
}
