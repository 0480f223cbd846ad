// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class UplinksTest {
  private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");
  private static final LocalAddress LAN = address("eth0", 2, "192.168.7.20", 24);
  private static final LocalAddress WLAN = address("wlan0", 3, "10.1.2.3", 8);
  private static final LocalAddress LOOPBACK = address("lo", 1, "127.0.0.1", 8);
  private static final DefaultRoute BY_LAN = route("eth0", "192.168.7.254");
  private static final DefaultRoute BY_WLAN = route("wlan0", "10.0.0.138");

  private static LocalAddress address(String nic, int index, String host, int prefix) {
    return new LocalAddress(nic, index, InetAddress.ofLiteral(host), prefix);
  }

  private static DefaultRoute route(String nic, String gateway) {
    return new DefaultRoute(nic, InetAddress.ofLiteral(gateway), 0);
  }

  private static LocalNetwork routed(DefaultRoute... routes) {
    return new LocalNetwork(List.of(LOOPBACK, LAN, WLAN), List.of(routes), true);
  }

  private static List<String> uplinks(LocalNetwork network, InetAddress bound, String named) {
    return Uplinks.of(network, bound, named).stream().map(Uplink::toString).toList();
  }

  @Test
  void shouldTakeRoutersOfDefaultRoutesInTheirOrder() {
    assertEquals(
        List.of("10.0.0.138 over wlan0", "192.168.7.254 over eth0"),
        uplinks(routed(BY_WLAN, BY_LAN), ANY, ""));
  }

  @Test
  void shouldUseTheNamedInterfaceAlone() {
    LocalNetwork network = routed(BY_WLAN, BY_LAN);
    assertEquals(List.of("192.168.7.254 over eth0"), uplinks(network, ANY, "eth0"));
    assertEquals(List.of("192.168.7.254 over eth0"), uplinks(network, ANY, "2"));
    assertEquals(List.of(), uplinks(network, ANY, "eth1"));
  }

  @Test
  void shouldUseTheAddressAtWhichTheNodeListensAlone() {
    LocalNetwork network = routed(BY_WLAN, BY_LAN);
    assertEquals(List.of("192.168.7.254 over eth0"), uplinks(network, LAN.address(), ""));
    assertEquals(List.of(), uplinks(network, LOOPBACK.address(), ""));
  }

  @Test
  void shouldGuessWhereRoutesAreNotKnown() {
    LocalNetwork network = new LocalNetwork(List.of(LOOPBACK, LAN, WLAN), List.of(), false);
    assertEquals(
        List.of("192.168.7.1 over eth0", "10.0.0.1 over wlan0"), uplinks(network, ANY, ""));
  }

  @Test
  void shouldGuessNothingThatTheRoutingTableWouldKnow() {
    assertEquals(List.of(), uplinks(routed(), ANY, ""));
    assertEquals(
        List.of("10.0.0.1 over wlan0"),
        uplinks(routed(BY_LAN), ANY, "wlan0"),
        "but for the interface that was asked for");
  }

  @Test
  void shouldNotTakeItselfForTheRouter() {
    LocalNetwork network =
        new LocalNetwork(List.of(address("eth0", 2, "192.168.7.1", 24)), List.of(), false);
    assertEquals(List.of(), uplinks(network, ANY, ""));
  }

  @Test
  void shouldTakeRouterThatIsInNoNetworkOfItsInterface() {
    LocalNetwork network =
        new LocalNetwork(List.of(address("eth0", 2, "192.0.2.7", 32)), List.of(BY_LAN), true);
    assertEquals(List.of("192.168.7.254 over eth0"), uplinks(network, ANY, ""));
  }

  @Test
  void shouldAskNoMoreThanFour() {
    DefaultRoute[] many = new DefaultRoute[9];
    for (int i = 0; i < many.length; i++) {
      many[i] = route("eth0", "192.168.7." + (100 + i));
    }
    assertEquals(Uplinks.MAX, uplinks(routed(many), ANY, "").size());
  }
}
