// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.core.moss.overlay.OverlayKey;
import io.lichen.core.moss.overlay.ReachabilityHint;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.transport.moss.Era;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node and a stranger who keeps records for it, and names to it who else is on its topic. */
final class RendezvousTest {
  private final FakeNetwork network = new FakeNetwork();
  private final TestNodes nodes = new TestNodes(network);

  @AfterEach
  void close() {
    nodes.close();
  }

  /** The next envelope of this type under this key. */
  private static Envelope next(RawPeer stranger, EnvelopeType type, OverlayKey key)
      throws InterruptedException {
    return stranger.heard.next(type, envelope -> OverlayKey.of(envelope.overlayKey()).equals(key));
  }

  @Test
  void shouldPublishWhereItCanBeReachedOnceSomebodyHasReachedIt() throws Exception {
    TestNode node = nodes.started(plan().era(Era.C).meshId(""));
    RawPeer stranger = new RawPeer(network, node);
    node.node().subscribe("t");

    next(stranger, EnvelopeType.OV_STORE, OverlayKey.of(node.node().id()));
    Envelope record = next(stranger, EnvelopeType.OV_STORE, OverlayKey.ofTopic("t"));

    assertEquals(
        new ReachabilityHint(List.of(node.address()), "restricted_cone"),
        ReachabilityHint.decode(record.payload()));
  }

  @Test
  void shouldMeetWhomAStrangerNames() throws Exception {
    TestNode node = nodes.started(plan().meshId(""));
    TestNode company = nodes.started(plan().meshId(""));
    company.node().subscribe("t");
    RawPeer stranger = new RawPeer(network, node);
    node.node().subscribe("t");
    Envelope question = next(stranger, EnvelopeType.OV_FIND_VALUE, OverlayKey.ofTopic("t"));
    assertFalse(node.node().info().peerCount() > 1);
    ReachabilityHint hint = new ReachabilityHint(List.of(company.address()), "public");

    stranger.send(
        Envelope.of(EnvelopeType.OV_VALUES)
            .requestId(question.requestId())
            .overlayProviders(
                List.of(new OverlayProvider(company.node().id().bytes(), hint.encode())))
            .build());

    await("they have met", () -> company.node().info().peerCount() == 1);
    await("they have met", () -> node.node().info().peerCount() == 2);
    node.node().publish("t", new byte[] {7});
    assertArrayEquals(new byte[] {7}, MossNodeContract.take(company).data());
  }

  @Test
  void shouldKeepRecordsForStrangersAndAnswerThem() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer stranger = new RawPeer(network, node);
    OverlayKey key = OverlayKey.ofTopic("x");
    byte[] record = new ReachabilityHint(List.of("203.0.113.1:1"), "public").encode();
    stranger.send(
        Envelope.of(EnvelopeType.OV_STORE).overlayKey(key.octets()).payload(record).build());
    stranger.send(
        Envelope.of(EnvelopeType.OV_FIND_VALUE).requestId("r").overlayKey(key.octets()).build());

    Envelope answer = stranger.next(EnvelopeType.OV_VALUES);
    assertEquals("r", answer.requestId());
    assertArrayEquals(record, answer.overlayProviders().getFirst().payload());
    assertArrayEquals(
        stranger.identity.peerId().bytes(), answer.overlayProviders().getFirst().peer());
  }
}
