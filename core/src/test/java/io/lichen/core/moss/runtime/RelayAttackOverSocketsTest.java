// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.RelayedData;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.MossTransport;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers who misuse a relay, and relays that misuse their trust. */
final class RelayAttackOverSocketsTest {
  private final TestNodes nodes = new TestNodes(MossTransport::open);
  private final RawRelay evil = new RawRelay();

  @AfterEach
  void close() {
    evil.close();
    nodes.close();
  }

  private static Envelope message(EnvelopeType type, String session, PeerId source, PeerId target) {
    return Envelope.of(type)
        .relaySession(session)
        .relaySource(source.hex())
        .relayTarget(target.hex())
        .build();
  }

  private static Envelope request(String session, Identity source, PeerId target) {
    return Announcements.sign(
        message(EnvelopeType.RELAY_REQUEST, session, source.peerId(), target), source);
  }

  private static double refused(TestNode relay, String reason) {
    return relay.figure("relay.refused", "reason", reason);
  }

  @Test
  void shouldNotBeAnOpenProxy() throws Exception {
    TestNode relay = nodes.started(plan());
    try (RawPeer mallory = new RawPeer(MossTransport::open, relay);
        RawPeer victim = new RawPeer(MossTransport::open, relay).joined(relay)) {
      PeerId target = victim.identity.peerId();
      Identity other = Identity.generate(new SecureRandom());
      mallory.send(request("in-anothers-name", other, target));
      mallory.send(
          request("changed", mallory.identity, target).toBuilder().relaySession("x").build());
      mallory.send(message(EnvelopeType.RELAY_REQUEST, "un", mallory.identity.peerId(), target));
      mallory.send(request("nobody-there", mallory.identity, other.peerId()));
      mallory.send(message(EnvelopeType.RELAY_DATA, "none", mallory.identity.peerId(), target));
      mallory.send(message(EnvelopeType.RELAY_CLOSE, "none", mallory.identity.peerId(), target));
      await(
          "all is refused",
          () ->
              refused(relay, "not_sender") == 1
                  && refused(relay, "forged") == 2
                  && refused(relay, "no_target") == 1
                  && refused(relay, "no_session") == 2);
      assertEquals(0, relay.node().info().relayRouteCount());
      victim.awaitRead();
    }
  }

  @Test
  void shouldNotBeAnAmplifierOrAWayToWhomDoesNotWantIt() throws Exception {
    TestNode relay = nodes.started(plan());
    try (RawPeer mallory = new RawPeer(MossTransport::open, relay);
        RawPeer victim = new RawPeer(MossTransport::open, relay).joined(relay)) {
      PeerId source = mallory.identity.peerId();
      PeerId target = victim.identity.peerId();
      mallory.send(
          request("wanted", mallory.identity, target).toBuilder()
              .channel("<".repeat(10_000))
              .build());
      Envelope asked = victim.next(EnvelopeType.RELAY_REQUEST);
      assertEquals("", asked.channel(), "what would grow stays behind");
      for (int i = 0; i < 20; i++) {
        mallory.send(
            message(EnvelopeType.RELAY_DATA, "wanted", source, target).toBuilder()
                .payload(new byte[1000])
                .build());
      }
      for (int i = 0; i < 20; i++) {
        mallory.send(request("flood" + i, mallory.identity, target));
      }
      mallory.awaitRead();
      await("the rest is refused", () -> refused(relay, "too_many") == 17);
      assertEquals(20, refused(relay, "no_consent"));
      assertEquals(0, relay.figure("relay.forwarded"));
      assertEquals(4, relay.node().info().relayRouteCount());
    }
  }

  @Test
  void shouldCloseASessionForItsEndsOnly() throws Exception {
    TestNode relay = nodes.started(plan());
    try (RawPeer a = new RawPeer(MossTransport::open, relay);
        RawPeer b = new RawPeer(MossTransport::open, relay).joined(relay);
        RawPeer mallory = new RawPeer(MossTransport::open, relay)) {
      a.send(request("s", a.identity, b.identity.peerId()));
      b.next(EnvelopeType.RELAY_REQUEST);
      mallory.send(
          message(EnvelopeType.RELAY_CLOSE, "s", a.identity.peerId(), b.identity.peerId()));
      mallory.send(
          message(EnvelopeType.RELAY_CLOSE, "s", mallory.identity.peerId(), b.identity.peerId()));
      mallory.awaitRead();
      await("refused", () -> refused(relay, "not_sender") + refused(relay, "no_session") == 2);
      assertEquals(1, relay.node().info().relayRouteCount());
      b.send(message(EnvelopeType.RELAY_CLOSE, "s", b.identity.peerId(), a.identity.peerId()));
      assertEquals("s", a.next(EnvelopeType.RELAY_CLOSE).relaySession());
      assertEquals(0, relay.node().info().relayRouteCount());
    }
  }

  private record Ends(TestNode a, TestNode b, BlockingQueue<RelayedData> atB) {
    RelayedData next() throws InterruptedException {
      RelayedData data = atB.poll(20, TimeUnit.SECONDS);
      assertNotNull(data, "relayed data should have come");
      return data;
    }
  }

  /** Two nodes that know each other's keys and only an evil relay. */
  private Ends ends() {
    Identity identityA = Identity.generate(new SecureRandom());
    Identity identityB = Identity.generate(new SecureRandom());
    TestNode a = nodes.started(plan().identity(identityA).config("\"max_peers\":1"));
    TestNode b = nodes.started(plan().identity(identityB).config("\"max_peers\":1"));
    evil.attach(a);
    evil.attach(b);
    evil.introduce(identityB, a);
    evil.introduce(identityA, b);
    await(
        "they know each other",
        () -> a.node().info().knownPeerCount() == 2 && b.node().info().knownPeerCount() == 2);
    BlockingQueue<RelayedData> atB = new LinkedBlockingQueue<>();
    b.node().onRelay(atB::add);
    return new Ends(a, b, atB);
  }

  private static boolean isData(Envelope envelope) {
    return EnvelopeType.of(envelope.type()) == EnvelopeType.RELAY_DATA;
  }

  @Test
  void shouldTakeEachSealedMessageOnceHoweverOftenTheRelayRepeatsIt() throws Exception {
    Ends ends = ends();
    ConcurrentLinkedQueue<Envelope> kept = new ConcurrentLinkedQueue<>();
    evil.does(
        envelope -> {
          kept.add(envelope);
          return isData(envelope) ? List.of(envelope, envelope) : List.of(envelope);
        });
    for (int i = 0; i < 5; i++) {
      assertTrue(ends.a().node().relaySendTo(ends.b().node().id(), new byte[] {(byte) i}));
      RelayedData came = ends.next();
      assertArrayEquals(new byte[] {(byte) i}, came.data());
      assertTrue(came.sealed());
    }
    double before = ends.b().figure("relay.rejected", "reason", "replayed");
    kept.stream().filter(RelayAttackOverSocketsTest::isData).forEach(evil::send);
    await(
        "copies are seen through",
        () -> ends.b().figure("relay.rejected", "reason", "replayed") >= before + 5);
    assertEquals(0, ends.atB().size());
  }

  @Test
  void shouldNotTakeASessionOfThePastForANewOne() throws Exception {
    Ends ends = ends();
    ConcurrentLinkedQueue<Envelope> kept = new ConcurrentLinkedQueue<>();
    evil.does(
        envelope -> {
          kept.add(envelope);
          return List.of(envelope);
        });
    ends.a().node().relaySendTo(ends.b().node().id(), new byte[1]);
    ends.next();
    Envelope asked = kept.stream().filter(e -> !isData(e)).findFirst().orElseThrow();
    evil.send(
        message(
            EnvelopeType.RELAY_CLOSE,
            asked.relaySession(),
            ends.a().node().id(),
            ends.b().node().id()));
    await("it is over", () -> ends.b().node().info().relaySessionCount() == 0);
    kept.forEach(evil::send);
    await(
        "its name counts no more",
        () -> ends.b().figure("relay.rejected", "reason", "not_granted") >= 1);
    assertEquals(0, ends.b().node().info().relaySessionCount());
    assertEquals(0, ends.atB().size());
  }

  @Test
  void shouldNeverTrustWhatTheRelayHasChangedOrMadeUp() throws Exception {
    Ends ends = ends();
    evil.does(envelope -> List.of(envelope));
    assertTrue(ends.a().node().relaySendTo(ends.b().node().id(), new byte[100]));
    assertTrue(ends.next().sealed());
    evil.does(
        envelope -> {
          byte[] changed = envelope.payload().clone();
          if (changed.length > 0) {
            changed[changed.length - 1] ^= 1;
          }
          return List.of(envelope.toBuilder().payload(changed).build());
        });
    assertTrue(ends.a().node().relaySendTo(ends.b().node().id(), new byte[100]));
    RelayedData came = ends.next();
    while (came.data().length <= 100) {
      // What both ends say to each other by themselves is changed, too, and may be shorter.
      assertFalse(came.sealed());
      came = ends.next();
    }
    assertFalse(came.sealed(), "as unsealed as it is");
    assertTrue(ends.b().figure("relay.unsealed") >= 1);
  }

  @Test
  void shouldSayWhatIsSoWhenTheRelayDropsEverything() {
    Ends ends = ends();
    evil.does(envelope -> List.of());
    long beganNs = System.nanoTime();
    TestNodes.await(
        "it fails",
        () -> {
          try {
            ends.a().node().relaySendTo(ends.b().node().id(), new byte[1]);
            return false;
          } catch (MossException e) {
            return e.error() == MossError.RELAY_FAILED;
          }
        });
    assertTrue(System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(10), "in time");
    assertEquals(1, ends.a().figure("relay.failed"));
    assertEquals(0, ends.a().node().info().relaySessionCount());
  }
}
