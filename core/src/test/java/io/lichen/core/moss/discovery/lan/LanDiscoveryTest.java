// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.lan;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.discovery.DiscoveryCounters;
import io.lichen.core.moss.discovery.Endpoint;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beacons over real sockets that share a port, on loopback only. */
final class LanDiscoveryTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private volatile LocalNetworks networks;
  private final DiscoveryCounters counters = new DiscoveryCounters();
  private final List<LanDiscovery> all = new ArrayList<>();
  private final List<Thread> listeners = new ArrayList<>();

  @BeforeEach
  void lookAround() throws SocketException {
    networks = LocalNetworks.of(LOOPBACK, "");
  }

  @AfterEach
  void close() throws InterruptedException {
    all.forEach(LanDiscovery::close);
    for (Thread listener : listeners) {
      listener.join();
    }
  }

  private static int freePort() throws Exception {
    try (DatagramSocket free = new DatagramSocket(0)) {
      return free.getLocalPort();
    }
  }

  private LanDiscovery start(int port, int who, BlockingQueue<Endpoint> found) throws Exception {
    LanDiscovery lan =
        new LanDiscovery(
            () -> networks,
            port,
            LanBeacon.of("net", String.format("%064x", who), 4000 + who),
            60_000_000_000L,
            found::add,
            counters,
            System::nanoTime);
    all.add(lan);
    listeners.add(Thread.ofVirtual().start(lan::listen));
    return lan;
  }

  @Test
  void shouldHearAnotherNodeOnTheSameMachine() throws Exception {
    int port = freePort();
    BlockingQueue<Endpoint> atFirst = new LinkedBlockingQueue<>();
    BlockingQueue<Endpoint> atSecond = new LinkedBlockingQueue<>();
    LanDiscovery first = start(port, 1, atFirst);
    LanDiscovery second = start(port, 2, atSecond);
    first.call();
    second.call();
    assertEquals(
        Endpoint.parse("127.0.0.1:4002").orElseThrow(), atFirst.poll(20, TimeUnit.SECONDS));
    assertEquals(
        Endpoint.parse("127.0.0.1:4001").orElseThrow(), atSecond.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldTellItsOwnBeaconsFromThoseOfOthers() throws Exception {
    BlockingQueue<Endpoint> found = new LinkedBlockingQueue<>();
    int port = freePort();
    LanDiscovery lan = start(port, 1, found);
    lan.call();
    try (DatagramSocket stranger = new DatagramSocket()) {
      byte[] other = LanBeacon.of("other network", "ab".repeat(32), 4002).encode();
      stranger.send(new DatagramPacket(other, other.length, LOOPBACK, port));
      await("the beacon is ignored", () -> counters.beaconsIgnored.sum() == 1);
    }
    await("own beacons are known", () -> counters.beaconsOwn.sum() == counters.beaconsSent.sum());
    assertEquals(1, counters.beaconsIgnored.sum());
    assertTrue(counters.beaconsOwn.sum() > 0);
    assertTrue(found.isEmpty());
  }

  @Test
  void shouldFollowItsNetworksAsTheyComeAndGo() throws Exception {
    int port = freePort();
    BlockingQueue<Endpoint> found = new LinkedBlockingQueue<>();
    networks = LocalNetworks.of(InetAddress.ofLiteral("0.0.0.0"), "no such interface");
    LanDiscovery late = start(port, 1, found);
    late.call();
    assertEquals(0, counters.beaconsSent.sum(), "there is nobody to call");
    networks = LocalNetworks.of(LOOPBACK, "");
    LanDiscovery other = start(port, 2, new LinkedBlockingQueue<>());
    other.call();
    late.call();
    other.call();
    assertEquals(Endpoint.parse("127.0.0.1:4002").orElseThrow(), found.poll(20, TimeUnit.SECONDS));
    networks = LocalNetworks.of(InetAddress.ofLiteral("0.0.0.0"), "no such interface");
    // What was heard before may be answered yet, by either; calls that reach somebody do so each
    // time.
    await("a call reaches nobody", () -> sentBy(late) == 0);
  }

  private long sentBy(LanDiscovery lan) {
    long before = counters.beaconsSent.sum();
    lan.call();
    return counters.beaconsSent.sum() - before;
  }

  @Test
  void shouldKeepToTheNetworkOfTheAddressThatTheNodeHas() throws Exception {
    LocalNetworks loopback = LocalNetworks.of(LOOPBACK, "");
    assertTrue(loopback.contains(InetAddress.ofLiteral("127.8.8.8")));
    assertFalse(loopback.contains(InetAddress.ofLiteral("128.0.0.1")));
    assertFalse(loopback.contains(InetAddress.ofLiteral("::1")));
    assertEquals(List.of(InetAddress.ofLiteral("127.255.255.255")), loopback.broadcasts());
    LocalNetworks none = LocalNetworks.of(InetAddress.ofLiteral("0.0.0.0"), "no such interface");
    assertEquals(List.of(), none.interfaces());
    assertFalse(none.contains(LOOPBACK));
  }
}
