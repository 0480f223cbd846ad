// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.lichen.core.moss.overlay.OverlayKey;
import io.lichen.core.moss.overlay.ReachabilityHint;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node and a stranger who keeps records for it, and names to it who else is on its topic. */
final class RendezvousTest {
  private final FakeNetwork network = new FakeNetwork();
  private final TestNodes nodes = new TestNodes(network);
  private final Stranger stranger = new Stranger();

  @AfterEach
  void close() {
    nodes.close();
  }

  /** Speaks the overlay and nothing else, so that nobody is met by way of announcements. */
  private final class Stranger implements SessionHandler {
    private final BlockingQueue<Envelope> received = new LinkedBlockingQueue<>();
    private final Identity identity = Identity.generate(new SecureRandom());

    MossSession dial(TestNode node) {
      MossTransport raw =
          network.open(MossTransportConfig.defaults(Era.C, "moss/1"), identity, session -> {});
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), node.node().info().listenPort());
      MossSession session =
          raw.dial(new DialRequest(Carrier.TCP, address, null, Duration.ofSeconds(5))).join();
      session.start(this);
      return session;
    }

    /** The next envelope of this type under this key. */
    Envelope next(EnvelopeType type, OverlayKey key) throws InterruptedException {
      while (true) {
        Envelope envelope = received.poll(20, TimeUnit.SECONDS);
        assertNotNull(envelope, () -> "no " + type.wireName());
        if (envelope.type().equals(type.wireName())
            && OverlayKey.of(envelope.overlayKey()).equals(key)) {
          return envelope;
        }
      }
    }

    @Override
    public void onPacket(byte[] buffer, int offset, int length) {
      try {
        received.add(EnvelopeCodec.decode(buffer, offset, length));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onBatchComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason reason) {}
  }

  @Test
  void shouldPublishWhereItCanBeReachedOnceSomebodyHasReachedIt() throws Exception {
    TestNode node = nodes.started(plan().era(Era.C).meshId(""));
    stranger.dial(node);
    node.node().subscribe("t");

    stranger.next(EnvelopeType.OV_STORE, OverlayKey.of(node.node().id()));
    Envelope record = stranger.next(EnvelopeType.OV_STORE, OverlayKey.ofTopic("t"));

    assertEquals(
        new ReachabilityHint(List.of(node.address()), "unknown"),
        ReachabilityHint.decode(record.payload()));
  }

  @Test
  void shouldMeetWhomAStrangerNames() throws Exception {
    TestNode node = nodes.started(plan().meshId(""));
    TestNode company = nodes.started(plan().meshId(""));
    company.node().subscribe("t");
    MossSession session = stranger.dial(node);
    node.node().subscribe("t");
    Envelope question = stranger.next(EnvelopeType.OV_FIND_VALUE, OverlayKey.ofTopic("t"));
    assertFalse(node.node().info().peerCount() > 1);
    ReachabilityHint hint = new ReachabilityHint(List.of(company.address()), "public");

    session.send(
        EnvelopeCodec.encode(
            Envelope.of(EnvelopeType.OV_VALUES)
                .requestId(question.requestId())
                .overlayProviders(
                    List.of(new OverlayProvider(company.node().id().bytes(), hint.encode())))
                .build()));

    await("they have met", () -> company.node().info().peerCount() == 1);
    await("they have met", () -> node.node().info().peerCount() == 2);
    node.node().publish("t", new byte[] {7});
    assertArrayEquals(new byte[] {7}, MossNodeContract.take(company).data());
  }

  @Test
  void shouldKeepRecordsForStrangersAndAnswerThem() throws Exception {
    TestNode node = nodes.started(plan());
    MossSession session = stranger.dial(node);
    OverlayKey key = OverlayKey.ofTopic("x");
    byte[] record = new ReachabilityHint(List.of("203.0.113.1:1"), "public").encode();
    session.send(
        EnvelopeCodec.encode(
            Envelope.of(EnvelopeType.OV_STORE).overlayKey(key.octets()).payload(record).build()));
    session.send(
        EnvelopeCodec.encode(
            Envelope.of(EnvelopeType.OV_FIND_VALUE)
                .requestId("r")
                .overlayKey(key.octets())
                .build()));

    Envelope answer = stranger.received.poll(20, TimeUnit.SECONDS);
    while (answer != null && !answer.type().equals("ov_values")) {
      answer = stranger.received.poll(20, TimeUnit.SECONDS);
    }
    assertNotNull(answer);
    assertEquals("r", answer.requestId());
    assertArrayEquals(record, answer.overlayProviders().getFirst().payload());
    assertArrayEquals(
        stranger.identity.peerId().bytes(), answer.overlayProviders().getFirst().peer());
  }
}
