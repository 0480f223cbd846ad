// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.NatReport;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.AddressSource;
import io.lichen.nat.profile.NatType;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.MossTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node finds out about what it is behind, over real sockets on loopback. */
final class NatProfileTest {
  private static final String OUTSIDE = "203.0.113.9";

  private final TestNodes nodes = new TestNodes(MossTransport::open);
  private final LoopbackStun one = new LoopbackStun("127.0.0.1", from(7000));
  private final LoopbackStun other = new LoopbackStun("127.0.0.2", from(7000));

  private static UnaryOperator<InetSocketAddress> from(int port) {
    return asker -> at(OUTSIDE, port);
  }

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  @AfterEach
  void close() {
    nodes.close();
    one.close();
    other.close();
  }

  private TestNode asking() {
    return nodes.started(
        plan()
            .host("0.0.0.0")
            .config(
                "\"lichen\":{\"nat_probe_ms\":1000,\"stun_servers\":[\"%s\",\"%s\"]}"
                    .formatted(one.address(), other.address())));
  }

  private static void awaitType(TestNode node, NatType type) {
    await("it is called " + type, () -> node.node().natType().equals(type.wireName()));
  }

  @Test
  void shouldAskSeveralServersOutOfItsOwnSocketAndTellEverybody() throws Exception {
    TestNode node = asking();
    awaitType(node, NatType.PORT_RESTRICTED_CONE);
    int port = node.node().info().listenPort();
    Set<InetSocketAddress> own = Set.of(at("127.0.0.1", port));
    assertEquals(own, one.askers);
    assertEquals(own, other.askers);
    NatReport report = node.node().natReport();
    assertEquals(at(OUTSIDE, 7000), report.external());
    assertEquals(report.external(), report.seen().get(AddressSource.STUN));
    assertEquals(Mapping.ENDPOINT_INDEPENDENT, report.mapping());
    assertEquals(OUTSIDE + ":7000", node.node().info().advertisedAddress());
    assertEquals("port_restricted_cone", node.node().info().natType());
    try (RawPeer peer = new RawPeer(MossTransport::open, node)) {
      Envelope said = peer.next(EnvelopeType.PEER_ANNOUNCE);
      assertEquals(OUTSIDE + ":7000", said.advertisedAddress());
      assertEquals("port_restricted_cone", said.advertisedNatType());
      assertFalse(said.advertisedReachable());
    }
  }

  @Test
  void shouldRecoverFromBeingCalledSymmetricAndTellOfAnotherAddress() throws Exception {
    other.view(from(7001));
    TestNode node = asking();
    awaitType(node, NatType.SYMMETRIC_NAT);
    try (RawPeer peer = new RawPeer(MossTransport::open, node)) {
      assertEquals("symmetric_nat", peer.next(EnvelopeType.PEER_ANNOUNCE).advertisedNatType());
      one.view(from(7002));
      other.view(from(7002));
      awaitType(node, NatType.PORT_RESTRICTED_CONE);
      Envelope said = peer.next(EnvelopeType.PEER_ANNOUNCE);
      while (!said.advertisedNatType().equals("port_restricted_cone")) {
        said = peer.next(EnvelopeType.PEER_ANNOUNCE);
      }
      assertEquals(OUTSIDE + ":7002", said.advertisedAddress());
    }
  }

  @Test
  void shouldDoubtItsSessionsOnceServersSeeItElsewhere() throws Exception {
    TestNode node = asking();
    awaitType(node, NatType.PORT_RESTRICTED_CONE);
    try (RawPeer peer = new RawPeer(MossTransport::open, node)) {
      peer.awaitRead();
      assertEquals(0, node.figure("network.changes", "kind", "external"));
      one.view(asker -> at("203.0.113.10", 7000));
      other.view(asker -> at("203.0.113.10", 7000));
      assertEquals(EnvelopeType.PING.wireName(), peer.next(EnvelopeType.PING).type());
      assertEquals(1, node.figure("network.changes", "kind", "external"));
    }
  }

  @Test
  void shouldExpectOtherPortsOfASymmetricNat() {
    AtomicInteger port = new AtomicInteger(7000);
    one.view(asker -> at(OUTSIDE, port.incrementAndGet()));
    other.view(asker -> at(OUTSIDE, port.incrementAndGet()));
    TestNode node = asking();
    awaitType(node, NatType.SYMMETRIC_NAT);
    int before = port.get();
    await("more rounds", () -> port.get() >= before + 6);
    assertEquals(0, node.figure("network.changes", "kind", "external"));
  }

  @Test
  void shouldBelieveNobodyWhoAnswersInAServersPlace() {
    one.spoof(true);
    other.spoof(true);
    TestNode node = asking();
    await("they are counted", () -> node.figure("nat.stun", "result", "stray") >= 2);
    await("nobody answered", () -> node.figure("nat.stun", "result", "silent") >= 1);
    assertEquals("unknown", node.node().natType());
    assertNull(node.node().natReport().external());
    one.spoof(false);
    other.spoof(false);
    awaitType(node, NatType.PORT_RESTRICTED_CONE);
  }

  @Test
  void shouldLearnFromPeersHowItIsSeen() {
    TestNode node = nodes.started(plan().host("0.0.0.0"));
    TestNode peer = nodes.started(plan());
    node.node().connect("udp://" + peer.address());
    InetSocketAddress own = at("127.0.0.1", node.node().info().listenPort());
    await("the peer has said it", () -> own.equals(seen(node, AddressSource.PEER)));
    TestNode overTcp = nodes.started(plan().host("0.0.0.0"));
    overTcp.node().connect(peer.address());
    InetSocketAddress its = at("127.0.0.1", overTcp.node().info().listenPort());
    await("the peer has said it", () -> its.equals(seen(overTcp, AddressSource.CLAIM)));
  }

  private static @Nullable InetSocketAddress seen(TestNode node, AddressSource source) {
    return node.node().natReport().seen().get(source);
  }

  @Test
  void shouldAskFourPeersThoughManyCome() throws Exception {
    PlacedTransport places =
        new PlacedTransport(id -> at("198.51.100." + (id.bytes()[0] & 0xff), 5000));
    List<RawPeer> peers = new ArrayList<>();
    try (TestNodes placed = new TestNodes(places)) {
      TestNode node = placed.started(plan().host("0.0.0.0"));
      for (int i = 0; i < 12; i++) {
        peers.add(new RawPeer(MossTransport::open, node));
      }
      await("all are there", () -> node.node().info().peerCount() == 12);
      AtomicInteger asked = new AtomicInteger();
      await("a round has begun", () -> asked.addAndGet(requests(peers)) >= 4);
      asked.addAndGet(requests(peers));
      assertTrue(asked.get() <= 8, asked + " were asked, in two rounds at most");
    } finally {
      peers.forEach(RawPeer::close);
    }
  }

  /** How many have been asked since this was last asked. */
  private static int requests(List<RawPeer> peers) {
    int requests = 0;
    for (RawPeer peer : peers) {
      peer.send(Envelope.of(EnvelopeType.PING).requestId("read").build());
      try {
        for (Envelope next = peer.next();
            EnvelopeType.of(next.type()) != EnvelopeType.PONG;
            next = peer.next()) {
          requests += EnvelopeType.of(next.type()) == EnvelopeType.BINDING_REQUEST ? 1 : 0;
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return requests;
  }

  @Test
  void shouldNotHearAddressesThatNobodyAskedForOrThatCannotBe() throws Exception {
    TestNode node =
        nodes.started(plan().host("0.0.0.0").config("\"lichen\":{\"nat_probe_ms\":1000}"));
    try (RawPeer peer = new RawPeer(MossTransport::open, node)) {
      String id = peer.next(EnvelopeType.BINDING_REQUEST).requestId();
      peer.send(response("another", OUTSIDE + ":1"));
      peer.send(response(id, "0.0.0.0:1"));
      peer.send(response(id, OUTSIDE + ":1"));
      for (String garbage : List.of("name:5", "224.0.0.1:5", OUTSIDE + ":5")) {
        String next = peer.next(EnvelopeType.BINDING_REQUEST).requestId();
        peer.send(response(next, garbage));
      }
      await("all are refused", () -> node.figure("nat.observed", "result", "refused") == 6);
    }
    assertNull(node.node().natReport().external());
  }

  private static Envelope response(String id, String address) {
    return Envelope.of(EnvelopeType.BINDING_RESPONSE)
        .requestId(id)
        .observedAddress(address)
        .build();
  }

  @Test
  void shouldConnectForAPeerToItsOwnAddressOnly() throws Exception {
    TestNode node = nodes.started(plan());
    try (RawPeer peer = new RawPeer(MossTransport::open, node, Carrier.UDP);
        RawPeer bystander = new RawPeer(MossTransport::open, node)) {
      peer.awaitRead();
      String other = "127.0.0.1:" + bystander.address().getPort();
      for (String address : new String[] {other, "", "localhost:1", "127.0.0.1:0"}) {
        peer.send(request("refused", address));
      }
      peer.send(request("", "127.0.0.1:" + peer.address().getPort()));
      peer.send(request("own", "127.0.0.1:" + peer.address().getPort()));
      peer.send(request("too soon", "127.0.0.1:" + peer.address().getPort()));
      Envelope answer = peer.next(EnvelopeType.REACHABILITY_RESPONSE);
      assertEquals("own", answer.requestId());
      assertEquals(true, answer.reachable());
      await("it is refused", () -> node.figure("nat.probes", "result", "refused") == 6);
      assertEquals(1, node.figure("nat.probes", "result", "tried"));
    }
  }

  private static Envelope request(String id, String address) {
    return Envelope.of(EnvelopeType.REACHABILITY_REQUEST)
        .requestId(id)
        .advertisedAddress(address)
        .build();
  }
}
