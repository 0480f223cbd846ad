// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.nat.NetworkChange.Kind;
import io.lichen.core.nat.local.DefaultRoute;
import io.lichen.core.nat.local.LocalAddress;
import io.lichen.core.nat.local.LocalNetwork;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeDetectorTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long INTERVAL_NS = 5 * SECOND_NS;
  private static final long GAP_NS = 10 * SECOND_NS;

  private List<String> hosts = List.of("127.0.0.1", "192.168.7.20", "fe80::1");
  private List<String> gateways = List.of("192.168.7.1");
  private long wallMs = 1_000_000_000_000L;
  private long nowNs = -1;
  private final ChangeDetector detector =
      new ChangeDetector(INTERVAL_NS, GAP_NS, network(), wallMs, nowNs);

  private LocalNetwork network() {
    return new LocalNetwork(
        hosts.stream()
            .map(host -> new LocalAddress("eth0", 2, InetAddress.ofLiteral(host), 24))
            .toList(),
        gateways.stream()
            .map(host -> new DefaultRoute("eth0", InetAddress.ofLiteral(host), 0))
            .toList(),
        true);
  }

  private Optional<NetworkChange> lookAfter(long wallSeconds, long seconds) {
    wallMs += wallSeconds * 1000;
    nowNs += seconds * SECOND_NS;
    return detector.look(network(), wallMs, nowNs);
  }

  private Optional<NetworkChange> look() {
    return lookAfter(5, 5);
  }

  private static Optional<NetworkChange> change(boolean connected, Kind... kinds) {
    return Optional.of(new NetworkChange(Set.of(kinds), connected));
  }

  @Test
  void shouldBeSilentWhileNothingChanges() {
    assertEquals(Optional.empty(), look());
    List<String> turned = new ArrayList<>(hosts);
    Collections.reverse(turned);
    hosts = turned;
    assertEquals(Optional.empty(), look(), "the order says nothing");
    hosts = List.of("127.0.0.1", "192.168.7.20", "fe80::2", "169.254.1.1");
    assertEquals(Optional.empty(), look(), "nor do neighbours on the wire");
  }

  @Test
  void shouldTellOnceOfOtherAddresses() {
    hosts = List.of("127.0.0.1", "192.168.7.21");
    assertEquals(change(true, Kind.ADDRESSES), look());
    assertEquals(Optional.empty(), look());
  }

  @Test
  void shouldTellOfOtherRoutes() {
    gateways = List.of("192.168.7.254");
    assertEquals(change(true, Kind.ROUTES), look());
  }

  @Test
  void shouldTellThatNothingIsLeft() {
    hosts = List.of("127.0.0.1");
    gateways = List.of();
    assertEquals(change(false, Kind.ADDRESSES, Kind.ROUTES), look());
  }

  @Test
  void shouldTellThatTheMachineSlept() {
    assertEquals(change(true, Kind.RESUMED), lookAfter(3600, 5), "only the wall clock went on");
    assertEquals(Optional.empty(), look());
    assertEquals(change(true, Kind.RESUMED), lookAfter(3600, 3600), "both clocks went on");
    assertEquals(Optional.empty(), look());
  }

  @Test
  void shouldNotTakeLoadOrClockSetBackForSleep() {
    assertEquals(Optional.empty(), lookAfter(12, 12));
    assertEquals(Optional.empty(), lookAfter(-3600, 5));
  }
}
