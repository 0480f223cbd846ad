// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lichen.testkit.VirtualTime;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams find their way through NATs, or do not. */
class SimInternetTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int PORT = 7;

  private final VirtualTime time = new VirtualTime();
  private final SimInternet internet = new SimInternet(time, 1);
  private final SimUdpHost server = internet.host();
  private final List<InetSocketAddress> heard = new ArrayList<>();
  private final InetSocketAddress serverAddress =
      server.bind(PORT, (from, datagram) -> heard.add(from));

  @Test
  void shouldTranslateOnceForEachNatOnTheWay() {
    SimNat carrier = internet.nat(NatRules.fullCone());
    SimNat home = carrier.nat(NatRules.fullCone());
    SimUdpHost inside = home.host();
    List<InetSocketAddress> back = new ArrayList<>();
    inside.bind(5000, (from, datagram) -> back.add(from));
    inside.send(5000, serverAddress, new byte[1]);
    time.runFor(SECOND);
    assertEquals(List.of(new InetSocketAddress(carrier.external(), 5000)), heard);
    server.send(PORT, heard.getFirst(), new byte[1]);
    time.runFor(SECOND);
    assertEquals(List.of(serverAddress), back);
  }

  @Test
  void shouldLoseEverythingWhenTheNatForgets() {
    SimNat nat = internet.nat(NatRules.fullCone());
    SimUdpHost inside = nat.host();
    List<InetSocketAddress> back = new ArrayList<>();
    inside.bind(5000, (from, datagram) -> back.add(from));
    inside.send(5000, serverAddress, new byte[1]);
    time.runFor(SECOND);
    nat.flush();
    server.send(PORT, heard.getFirst(), new byte[1]);
    time.runFor(SECOND);
    assertEquals(List.of(), back);
    nat.changeExternal();
    inside.send(5000, serverAddress, new byte[1]);
    time.runFor(SECOND);
    assertNotEquals(heard.getFirst(), heard.getLast());
    server.send(PORT, heard.getLast(), new byte[1]);
    time.runFor(SECOND);
    assertEquals(1, back.size());
  }

  @Test
  void shouldTurnBackOnlyWithHairpin() {
    assertEquals(0, turnedBack(NatRules.fullCone()));
    assertEquals(1, turnedBack(NatRules.fullCone().withHairpin(true)));
    assertEquals(0, turnedBack(NatRules.portRestrictedCone().withHairpin(true)), "not sent to");
  }

  private int turnedBack(NatRules rules) {
    SimNat nat = internet.nat(rules);
    SimUdpHost one = nat.host();
    SimUdpHost other = nat.host();
    List<InetSocketAddress> back = new ArrayList<>();
    other.bind(6000, (from, datagram) -> back.add(from));
    other.send(6000, serverAddress, new byte[1]);
    one.send(5000, new InetSocketAddress(nat.external(), 6000), new byte[1]);
    time.runFor(SECOND);
    return back.size();
  }

  @Test
  void shouldKeepHostsBehindOneNatTogether() {
    SimNat nat = internet.nat(NatRules.symmetric());
    SimUdpHost one = nat.host();
    SimUdpHost other = nat.host();
    List<InetSocketAddress> back = new ArrayList<>();
    InetSocketAddress address = other.bind(0, (from, datagram) -> back.add(from));
    one.send(5000, address, new byte[1]);
    time.runFor(SECOND);
    assertEquals(List.of(new InetSocketAddress(one.address(), 5000)), back);
  }

  @Test
  void shouldLoseAndDelayAsItIsTold() {
    internet.latency(SECOND, 2 * SECOND);
    internet.loss(0.5);
    SimUdpHost client = internet.host();
    for (int i = 0; i < 1000; i++) {
      client.send(5000, serverAddress, new byte[1]);
    }
    time.runFor(SECOND - 1);
    assertEquals(0, heard.size());
    time.runFor(SECOND + 1);
    assertEquals(500, heard.size(), 60);
    long all = heard.size();
    time.runFor(SECOND);
    assertEquals(all, heard.size());
  }
}
