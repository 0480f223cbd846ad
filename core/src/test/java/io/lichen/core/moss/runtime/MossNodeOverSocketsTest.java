// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.awaitTargets;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransport;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract with real sockets on loopback, and what only those have: handshakes that fail. */
final class MossNodeOverSocketsTest extends MossNodeContract {
  @Override
  TransportOpener opener() {
    return MossTransport::open;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldNotConnectToAnotherMeshOrKeyInEraA(boolean udp) {
    String short1 = "\"security\":{\"handshake_timeout_sec\":1}";
    TestNode a = nodes.started(plan().era(Era.A).psk(1));
    TestNode otherKey = nodes.started(plan().era(Era.A).psk(2).config(short1));
    TestNode noKey = nodes.started(plan().era(Era.A).config(short1));
    TestNode otherMesh = nodes.started(plan().era(Era.A).psk(1).meshId("x").config(short1));
    TestNode same = nodes.started(plan().era(Era.A).psk(1));
    String address = (udp ? "udp://" : "") + a.address();
    assertCode(-10, () -> otherKey.node().connect(address));
    assertCode(-10, () -> noKey.node().connect(address));
    assertCode(-10, () -> otherMesh.node().connect(address));
    assertEquals(0, a.node().info().peerCount());
    same.node().connect(address);
    await("the right one is in", () -> a.node().info().peerCount() == 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldNotConnectToAnotherNetworkInEraC(boolean udp) {
    String short1 = "\"security\":{\"handshake_timeout_sec\":1}";
    TestNode a = nodes.started(plan().config(short1));
    TestNode b = nodes.started(plan().config("\"network_id\":\"other\"," + short1));
    assertCode(-10, () -> b.node().connect((udp ? "udp://" : "") + a.address()));
    assertEquals(0, a.node().info().peerCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "::"})
  void shouldMeetOverIpv6(String host) throws Exception {
    assumeTrue(
        NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null,
        "no IPv6 loopback");
    TestNode home = nodes.started(plan().host(host));
    home.node().subscribe("c");
    home.node().connect(home.address("[::1]"));
    assertEquals(0, home.node().info().peerCount(), "itself");
    List<String> ways =
        host.equals("::")
            ? List.of(
                home.address("[::1]"),
                "udp://" + home.address("[::1]"),
                home.address(),
                "udp://" + home.address())
            : List.of(home.address("[::1]"), "udp://" + home.address("[::1]"));
    for (String way : ways) {
      TestNode guest = nodes.started(plan().host(way.contains("[") ? "::1" : "127.0.0.1"));
      guest.node().connect(way);
      guest.node().publish("c", way.getBytes(UTF_8));
      assertEquals(way, new String(take(home, way.length()).data(), UTF_8));
    }
    await("all met", () -> home.node().info().peerCount() == ways.size());
    Set<String> hosts =
        home.node().info().peers().stream()
            .map(peer -> peer.substring(0, peer.lastIndexOf(':')))
            .collect(Collectors.toSet());
    String six = "[0:0:0:0:0:0:0:1]";
    assertEquals(host.equals("::") ? Set.of(six, "127.0.0.1") : Set.of(six), hosts);
  }

  @Test
  void shouldShedASubscriberThatHangsAndServeTheOthers() throws Exception {
    TestNode publisher = nodes.started(plan().config("\"lichen\":{\"publish_wait_ms\":400}"));
    TestNode healthy = nodes.started(plan());
    TestNode hanging = nodes.started(plan());
    CountDownLatch release = new CountDownLatch(1);
    hanging
        .node()
        .onMessage(
            message -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    healthy.node().subscribe("a");
    hanging.node().subscribe("a");
    publisher.node().connect(healthy.address());
    publisher.node().connect(hanging.address());
    awaitTargets(publisher, "a", 2);
    takeEvent(publisher);
    takeEvent(publisher);
    int count = 0;
    while (publisher.events().isEmpty() && count < 3000) {
      publisher.node().publish("a", new byte[60_000]);
      count++;
    }
    MossEvent left = takeEvent(publisher);
    assertEquals(MossEvent.Type.PEER_LEFT, left.type());
    assertEquals(hanging.node().id().hex(), left.detail().get("peer"));
    for (int i = 0; i < count; i++) {
      take(healthy, 60_000);
    }
    release.countDown();
  }
}
