// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.awaitTargets;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.discovery.dht.DhtCounters;
import io.lichen.core.moss.discovery.dht.DhtSettings;
import io.lichen.core.moss.discovery.dht.MainlineDht;
import io.lichen.core.moss.discovery.dht.NodeId;
import io.lichen.core.moss.discovery.tracker.LoopbackTracker;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.transport.moss.MossTransport;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes on loopback that nobody has told of each other. */
final class NodeDiscoveryTest {
  private final TestNodes nodes = new TestNodes(MossTransport::open);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  @AfterEach
  void close() {
    nodes.close();
  }

  private static TestNodes.Plan planWithTracker(String url) {
    return plan().config("\"trackers\":[\"" + url + "\"],\"announce_interval_sec\":1");
  }

  private static void awaitPeers(TestNode node, int count) {
    await(count + " peers", () -> node.node().info().peerCount() == count);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldMeetThroughATrackerAndSayGoodbyeToIt(boolean udp) throws Exception {
    try (LoopbackTracker tracker = new LoopbackTracker()) {
      String url = udp ? tracker.udpUrl() : tracker.httpUrl();
      TestNode a = nodes.started(planWithTracker(url));
      TestNode b = nodes.started(planWithTracker(url));
      awaitPeers(a, 1);
      awaitPeers(b, 1);
      b.node().subscribe("c");
      awaitTargets(a, "c", 1);

      int portOfB = b.node().info().listenPort();
      b.node().stop();
      String carrier = udp ? "udp " : "http ";
      assertTrue(tracker.announces.contains(carrier + "started " + portOfB));
      // Whoever does not answer within half a second is not waited for, but has been told.
      String goodbye = carrier + "stopped " + portOfB;
      await("it said goodbye", () -> lastOf(tracker.announces, portOfB).equals(goodbye));
    }
  }

  private static String lastOf(List<String> announces, int port) {
    return announces.stream().filter(a -> a.endsWith(" " + port)).toList().getLast();
  }

  @Test
  void shouldTellWhatTheTrackersSaid() throws Exception {
    try (LoopbackTracker tracker = new LoopbackTracker()) {
      TestNode a = nodes.started(planWithTracker(tracker.httpUrl()));
      MossEvent found = eventOf(a, MossEvent.Type.TRACKER_ANNOUNCE);
      assertEquals("1", found.detail().get("candidate_peers"), "itself");
      assertEquals("0", found.detail().get("connected_peers"));
      TestNode b = nodes.started(planWithTracker("http://127.0.0.1:1/announce"));
      MossEvent failed = eventOf(b, MossEvent.Type.TRACKER_FAILURE);
      String error = String.valueOf(failed.detail().get("error"));
      assertTrue(error.startsWith("http://127.0.0.1:1/announce: "), error);
    }
  }

  @Test
  void shouldNotCallAnAnswerWithoutPeersAFailure() throws Exception {
    byte[] nobody = "d8:intervali60e5:peers0:e".getBytes(US_ASCII);
    HttpServer tracker =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tracker.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, nobody.length);
          exchange.getResponseBody().write(nobody);
          exchange.close();
        });
    tracker.start();
    try {
      String url = "http://127.0.0.1:" + tracker.getAddress().getPort() + "/announce";
      TestNode node = nodes.started(planWithTracker(url));
      // A second answer, so that the news of the first has arrived.
      await("it has been answered", () -> node.figure("tracker.announces") >= 2);
      assertTrue(node.events().isEmpty(), () -> "events " + node.events());
    } finally {
      tracker.stop(0);
    }
  }

  private static MossEvent eventOf(TestNode node, MossEvent.Type type) throws Exception {
    while (true) {
      MossEvent event = node.events().poll(20, TimeUnit.SECONDS);
      assertNotEquals(null, event, "no " + type);
      if (event != null && event.type() == type) {
        return event;
      }
    }
  }

  @Test
  void shouldFindItsPeersAgainThroughTheCache() throws Exception {
    Path cache = folder.resolve("peers.json");
    String path = "\"peer_cache_path\":\"" + cache + "\"";
    Path cacheOfHome = folder.resolve("home.json");
    TestNode home = nodes.started(plan().config("\"peer_cache_path\":\"" + cacheOfHome + "\""));
    TestNode first = nodes.started(plan().config(path));
    first.node().connect(home.address());
    first.node().stop();
    assertTrue(Files.readString(cache).contains(home.address()));
    TestNode second = nodes.started(plan().config(path));
    awaitPeers(second, 1);
    TestNodes.await(
        "the cache has led to the peer",
        () -> second.figure("discovery.connected", "source", "cache") == 1);
    home.node().stop();
    assertFalse(Files.exists(cacheOfHome), "source ports of those who came are no place to dial");
  }

  @Test
  void shouldKeepACorruptCacheAndStartWithoutIt() throws Exception {
    Path cache = Files.writeString(folder.resolve("peers.json"), "not a cache");
    TestNode node = nodes.started(plan().config("\"peer_cache_path\":\"" + cache + "\""));
    node.node().stop();
    assertFalse(Files.exists(cache));
    assertEquals("not a cache", Files.readString(folder.resolve("peers.json.corrupt-1")));
  }

  @Test
  void shouldMeetInTheLocalNetwork() throws Exception {
    int port;
    try (DatagramSocket free = new DatagramSocket(0)) {
      port = free.getLocalPort();
    }
    String lan =
        "\"lan_discovery_enabled\":true,\"lan_discovery_ms\":200,\"lan_discovery_port\":" + port;
    TestNode a = nodes.started(plan().config(lan));
    TestNode b = nodes.started(plan().config(lan));
    awaitPeers(a, 1);
    awaitPeers(b, 1);
    TestNode stranger = nodes.started(plan().config("\"network_id\":\"other\"," + lan));
    await("the stranger has called", () -> stranger.figure("lan.beacons.sent") > 3);
    await("the stranger was heard", () -> a.figure("lan.beacons.received") > 3);
    assertEquals(0, stranger.node().info().peerCount());
    assertEquals(1, a.node().info().peerCount());
  }

  @Test
  void shouldMeetThroughTheDht() throws Exception {
    NodeId elsewhere = new NodeId(1, 2, 3);
    DhtSettings settings = new DhtSettings(elsewhere, 1, Long.MAX_VALUE / 4, false);
    DhtCounters counters = new DhtCounters();
    try (MainlineDht dht =
        new MainlineDht(
            "dht",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            List.of(),
            settings,
            found -> {},
            counters)) {
      String config =
          "\"dht_enabled\":true,\"announce_interval_sec\":1,\"lichen\":{\"dht_bootstrap\":[\""
              + dht.address()
              + "\"]}";
      TestNode a = nodes.started(plan().config(config));
      TestNode b = nodes.started(plan().config(config));
      awaitPeers(a, 1);
      awaitPeers(b, 1);
      await("both are announced", () -> counters.storedPeers.get() == 2);
      await(
          "the DHT has led to a peer",
          () ->
              a.figure("discovery.connected", "source", "dht")
                      + b.figure("discovery.connected", "source", "dht")
                  > 0);
      TestNode stranger = nodes.started(plan().config("\"network_id\":\"other\"," + config));
      await("the stranger is announced", () -> stranger.figure("dht.announced") > 0);
      assertEquals(0, stranger.node().info().peerCount());
    }
  }

  @Test
  void shouldDialTheManyDeadAndStillFindTheLiving() throws Exception {
    StringBuilder dead = new StringBuilder();
    TestNode living = nodes.started(plan());
    for (int i = 1; i <= 60; i++) {
      dead.append("{\"addr\":\"127.0.0.1:").append(i).append("\",\"last_seen_unix\":4000000000},");
    }
    Path cache = folder.resolve("peers.json");
    String last = "{\"addr\":\"" + living.address() + "\",\"last_seen_unix\":4000000000}";
    Files.writeString(cache, "[" + dead + last + "]");
    TestNode node = nodes.started(plan().config("\"peer_cache_path\":\"" + cache + "\""));
    awaitPeers(node, 1);
  }
}
