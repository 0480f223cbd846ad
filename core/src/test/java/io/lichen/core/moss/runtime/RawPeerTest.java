// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.NetworkStats;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.stat.EpochId;
import io.lichen.core.moss.stat.StatDelta;
import io.lichen.core.moss.stat.StatMetrics;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node seen from the other end of a session: what it says by itself, and what it believes. */
final class RawPeerTest {
  private final FakeNetwork network = new FakeNetwork();
  private final TestNodes nodes = new TestNodes(network);

  @AfterEach
  void close() {
    nodes.close();
  }

  private RawPeer dial(TestNode node) {
    return new RawPeer(network, node);
  }

  @Test
  void shouldIntroduceItselfAndThenSayWhatItSubscribesTo() throws Exception {
    TestNode node = nodes.started(plan().era(Era.A));
    node.node().subscribe("x");
    RawPeer peer = dial(node);
    Envelope first = peer.next();
    assertEquals("peer_announce", first.type());
    assertEquals(node.node().id().hex(), first.advertisedPeerId());
    assertEquals(node.address(), first.advertisedAddress());
    assertEquals("restricted_cone", first.advertisedNatType());
    assertEquals(32, first.advertisedNoiseStatic().length);
    assertTrue(Announcements.verify(first));
    Envelope second = peer.next();
    assertEquals("graft", second.type());
    assertEquals("x", second.channel());
  }

  @Test
  void shouldBelieveSignedAnnouncementsOnly() throws Exception {
    TestNode node = nodes.started(plan());
    Identity signed = Identity.generate(new SecureRandom());
    Identity forged = Identity.generate(new SecureRandom());
    RawPeer peer = dial(node);
    peer.send(
        RawPeer.announcement(forged, "192.0.2.1:1").toBuilder()
            .advertisedAddress("192.0.2.9:9")
            .build());
    peer.send(
        RawPeer.announcement(signed, "192.0.2.2:2").toBuilder().advertisedPeerId("zz").build());
    peer.send(RawPeer.announcement(signed, "192.0.2.2:2"));
    String line = signed.peerId().hex().substring(0, 8) + "@192.0.2.2:2[known]";
    await("it is known", () -> node.node().info().knownPeers().contains(line));
    String about = forged.peerId().hex().substring(0, 8);
    assertTrue(node.node().info().knownPeers().stream().noneMatch(l -> l.startsWith(about)));
    assertEquals(1, node.node().info().peerCount(), "the session stays");
  }

  @Test
  void shouldDialAnAnnouncedPeerWithItsKey() throws Exception {
    TestNode node = nodes.started(plan());
    TestNodes.Plan plan = plan();
    TestNode other = nodes.started(plan);
    RawPeer peer = dial(node);
    peer.send(RawPeer.announcement(plan.identity, other.address()));
    await("it is known", () -> node.node().info().knownPeerCount() == 2);
    node.node().connect(other.address());
    DialRequest request =
        network.opened.stream()
            .filter(t -> t.port == node.node().info().listenPort())
            .findFirst()
            .orElseThrow()
            .dials
            .getLast();
    assertArrayEquals(plan.identity.noisePublic(), request.remoteStatic());
  }

  @Test
  void shouldCloseASessionThatSpeaksNonsenseAndKeepTheOthers() throws Exception {
    TestNode node = nodes.started(plan());
    TestNode friend = nodes.started(plan());
    node.node().subscribe("a");
    friend.node().connect(node.address());
    RawPeer peer = dial(node);
    await("both are in", () -> node.node().info().peerCount() == 2);
    peer.session.send("not an envelope".getBytes(UTF_8));
    await("the bad one is out", () -> node.node().info().peerCount() == 1);
    await("the bad one knows", () -> !peer.session.isOpen());
    friend.node().publish("a", new byte[] {1});
    assertArrayEquals(new byte[] {1}, MossNodeContract.take(node).data());
  }

  @Test
  void shouldStayWithWhatItDoesNotUnderstandAndWithEmptyEnvelopes() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer peer = dial(node);
    peer.next();
    peer.session.send("{\"type\":\"from_the_future\"}".getBytes(UTF_8));
    peer.session.send("{}".getBytes(UTF_8));
    peer.session.send("{\"type\":\"ping\",\"request_id\":\"still there\"}".getBytes(UTF_8));
    assertEquals("still there", peer.next().requestId());
    assertTrue(peer.heard.isEmpty());
  }

  @Test
  void shouldHearNothingButPingsFromAGraylistedPeer() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer peer = dial(node);
    Envelope question =
        Envelope.of(EnvelopeType.OV_FIND_NODE).requestId("q").overlayKey(new byte[32]).build();
    peer.send(question);
    assertEquals("q", peer.next(EnvelopeType.OV_NODES).requestId());
    assertEquals(0, node.figure("gossip", "counter", "from_graylisted"));
    node.node().scoring((id, base) -> -10_001);
    await(
        "its questions are not heard",
        () -> {
          peer.send(question);
          return node.figure("gossip", "counter", "from_graylisted") > 0;
        });
    peer.awaitRead();
  }

  @Test
  void shouldReportTheStatisticsThatItsPeersSend() throws Exception {
    TestNode node =
        nodes.started(plan().config("\"telemetry\":{\"k_anon\":1,\"epoch_sec\":90000}"));
    assertEquals(NetworkStats.empty(), node.node().networkStats());
    RawPeer peer = dial(node);
    long epoch = System.currentTimeMillis() / 1000 / 90_000;
    StatDelta delta =
        new StatDelta(
            epoch,
            EpochId.derive(epoch, peer.identity.peerId()),
            new StatMetrics(10, 20, 3, "public", 1));
    byte[] payload = delta.encode();
    peer.send(
        Envelope.of(EnvelopeType.STAT_DELTA)
            .messageId(MessageIds.statDelta(payload))
            .payload(payload)
            .build());
    await("it is counted", () -> node.node().networkStats().contributors() == 1);
    NetworkStats stats = node.node().networkStats();
    assertEquals(epoch, stats.epoch());
    assertEquals(10, stats.bandwidthInTotal());
    assertEquals(Map.of("public", 1), stats.natHistogram());
    assertTrue(node.node().info().telemetryEnabled());
  }

  @Test
  void shouldTakeNoPartInStatisticsWhenToldSo() {
    TestNode node = nodes.started(plan().config("\"telemetry\":{\"enabled\":false}"));
    assertEquals("{}", node.node().networkStats().toJson());
    assertFalse(node.node().info().telemetryEnabled());
    assertEquals("{}", nodes.made(plan().era(Era.A)).node().networkStats().toJson());
  }
}
