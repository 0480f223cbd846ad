// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeBuilder;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Carrier;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The three parts of a node in a hole punch, seen from the other ends of its sessions. */
final class HolePunchTest {
  private static final String ELSEWHERE = "127.0.0.1:9";

  private final FakeNetwork network = new FakeNetwork();
  private final TestNodes nodes = new TestNodes(network);

  @AfterEach
  void close() {
    nodes.close();
  }

  private RawPeer dial(TestNode node) {
    return new RawPeer(network, node).joined(node);
  }

  private static PeerId somebody() {
    return Identity.generate(new SecureRandom()).peerId();
  }

  private static EnvelopeBuilder coord(String stage, PeerId source, PeerId target, String address) {
    return Envelope.of(EnvelopeType.HOLE_PUNCH_COORD)
        .requestId("h")
        .coordStage(stage)
        .coordAt(System.currentTimeMillis() + 750)
        .relaySource(source.hex())
        .relayTarget(target.hex())
        .advertisedAddress(address);
  }

  private static MossError errorOf(CompletableFuture<?> future) {
    CompletionException e =
        assertThrows(CompletionException.class, future.orTimeout(20, TimeUnit.SECONDS)::join);
    return assertInstanceOf(MossException.class, e.getCause()).error();
  }

  // Who wants a punch.

  @Test
  void shouldPunchTowardsWhatTheTargetRepliesAfterTheCoordinatorWasWrong() throws Exception {
    TestNode node = nodes.started(plan());
    TestNodes.Plan plan = plan();
    TestNode target = nodes.started(plan);
    RawPeer coordinator = dial(node);
    CompletableFuture<Void> met = node.node().connectToPeer(plan.identity.peerId());
    Envelope offer = coordinator.next(EnvelopeType.HOLE_PUNCH_COORD);
    assertEquals("offer", offer.coordStage());
    assertEquals(node.node().id().hex(), offer.relaySource());
    assertEquals(plan.identity.peerId().hex(), offer.relayTarget());
    assertEquals(node.address(), offer.advertisedAddress());
    long leadMs = offer.coordAt() - System.currentTimeMillis();
    assertTrue(leadMs <= 750, () -> leadMs + " ms");
    EnvelopeBuilder reply =
        coord("reply", target.node().id(), node.node().id(), ELSEWHERE)
            .requestId(offer.requestId());
    coordinator.send(reply.build());
    coordinator.send(reply.advertisedAddress(target.address()).build());
    met.get(20, TimeUnit.SECONDS);
    assertEquals(2, node.node().info().peerCount());
    assertEquals(2, node.figure("punch.replies", "result", "taken"));
    await("it is counted", () -> node.figure("paths", "result", "direct") == 1);
  }

  @Test
  void shouldBelieveNoRepliesButThoseOfTheCoordinatorForTheTarget() throws Exception {
    TestNode node = nodes.started(plan());
    TestNode other = nodes.started(plan());
    RawPeer coordinator = dial(node);
    PeerId target = somebody();
    var unused = node.node().connectToPeer(target);
    Envelope offer = coordinator.next(EnvelopeType.HOLE_PUNCH_COORD);
    RawPeer stranger = dial(node);
    String id = offer.requestId();
    PeerId self = node.node().id();
    stranger.send(coord("reply", target, self, other.address()).requestId(id).build());
    coordinator.send(coord("reply", somebody(), self, other.address()).requestId(id).build());
    coordinator.send(coord("reply", target, self, other.address()).requestId("x").build());
    await("they are refused", () -> node.figure("punch.replies", "result", "refused") == 3);
    assertEquals(0, node.figure("punch.replies", "result", "taken"));
  }

  @Test
  void shouldAskAgainAsOftenAsTheConfigurationSays() throws Exception {
    TestNode node =
        nodes.started(
            plan()
                .config(
                    "\"nat\":{\"hole_punch_attempts\":2},\"security\":"
                        + "{\"handshake_timeout_sec\":30}"));
    RawPeer coordinator = dial(node);
    var unused = node.node().connectToPeer(somebody());
    Envelope first = coordinator.next(EnvelopeType.HOLE_PUNCH_COORD);
    Envelope second = coordinator.next(EnvelopeType.HOLE_PUNCH_COORD);
    assertNotEquals(first.requestId(), second.requestId());
    await("it is given up", () -> node.figure("paths", "result", "missed") == 1);
    assertEquals(2, node.figure("punch.offers", "result", "sent"));
  }

  @Test
  void shouldAnswerWishesForPeersWithTheCodesOfTheNativeApi() {
    TestNode idle = nodes.made(plan());
    assertEquals(MossError.NOT_STARTED, errorOf(idle.node().connectToPeer(somebody())));
    TestNode node = nodes.started(plan());
    assertEquals(MossError.CONFIG_INVALID, errorOf(node.node().connectToPeer(node.node().id())));
    CompletableFuture<Void> never = node.node().connectToPeer(somebody());
    node.node().stop();
    assertEquals(MossError.NOT_STARTED, errorOf(never));
  }

  @Test
  void shouldConnectAgainWithAWantedPeerThatHasGone() throws Exception {
    TestNode node = nodes.started(plan());
    TestNodes.Plan plan = plan();
    TestNode wanted = nodes.started(plan);
    wanted.node().connect(node.address());
    await("they are connected", () -> node.node().info().peerCount() == 1);
    node.node().connectToPeer(wanted.node().id()).get(20, TimeUnit.SECONDS);
    RawPeer coordinator = dial(node);
    wanted.node().stop();
    TestNode elsewhere = nodes.started(plan().identity(plan.identity));
    Envelope offer = coordinator.next(EnvelopeType.HOLE_PUNCH_COORD);
    coordinator.send(
        coord("reply", wanted.node().id(), node.node().id(), elsewhere.address())
            .requestId(offer.requestId())
            .build());
    await("it is back", () -> node.node().info().peerCount() == 2);
  }

  @Test
  void shouldAskForARelayWhileTheDirectAttemptGoesOn() throws Exception {
    TestNode node = nodes.started(plan().config("\"security\":{\"handshake_timeout_sec\":30}"));
    RawPeer relay = dial(node);
    relay.send(RawPeer.status(relay.identity, EnvelopeType.SUPERNODE_ANNOUNCE, "127.0.0.1:4000"));
    relay.awaitRead();
    PeerId target = somebody();
    var unused = node.node().connectToPeer(target);
    Envelope request = relay.next(EnvelopeType.RELAY_REQUEST);
    assertEquals(target.hex(), request.relayTarget());
    assertEquals(0, node.figure("paths", "result", "missed"));
  }

  // Who is asked to fire.

  @Test
  void shouldFireAtWhoWantsIt() throws Exception {
    TestNode node = nodes.started(plan());
    TestNode asker = nodes.started(plan());
    RawPeer coordinator = dial(node);
    long coordAt = System.currentTimeMillis() + 400;
    coordinator.send(
        coord("offer", asker.node().id(), node.node().id(), asker.address())
            .coordAt(coordAt)
            .build());
    Envelope reply = coordinator.next(EnvelopeType.HOLE_PUNCH_COORD);
    assertEquals("reply", reply.coordStage());
    assertEquals("h", reply.requestId());
    assertEquals(node.node().id().hex(), reply.relaySource());
    assertEquals(asker.node().id().hex(), reply.relayTarget());
    assertEquals(node.address(), reply.advertisedAddress());
    assertEquals(coordAt, reply.coordAt());
    await("they are connected", () -> asker.node().info().peerCount() == 1);
    assertEquals(Carrier.UDP, network.opened.getFirst().dials.getLast().carrier());
  }

  @Test
  void shouldFireOnceForAnOfferThatIsReplayedAndNotMoreThanAFewTimesForOneAsker() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer coordinator = dial(node);
    PeerId asker = somebody();
    Envelope offer = coord("offer", asker, node.node().id(), ELSEWHERE).coordAt(1).build();
    coordinator.send(offer);
    coordinator.send(offer);
    await("one is refused", () -> node.figure("punch.offers", "result", "refused") == 1);
    for (int i = 0; i < 20; i++) {
      coordinator.send(offer.toBuilder().requestId("h" + i).build());
    }
    coordinator.awaitRead();
    await("all are read", () -> node.figure("punch.offers", "result", "refused") >= 13);
    assertTrue(node.figure("punch.offers", "result", "taken") <= 9);
  }

  @Test
  void shouldFireAtNobodyWhomTheCoordinatorMayNotName() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer coordinator = dial(node);
    PeerId self = node.node().id();
    for (String address :
        new String[] {"x", "localhost:1", "0.0.0.0:5", "127.0.0.1:0", "224.0.0.1:5"}) {
      coordinator.send(coord("offer", somebody(), self, address).build());
    }
    coordinator.send(coord("offer", somebody(), self, ELSEWHERE).coordStage("maybe").build());
    coordinator.send(coord("offer", self, self, ELSEWHERE).build());
    coordinator.send(coord("offer", somebody(), self, ELSEWHERE).relaySource("zz").build());
    await("none is one", () -> node.figure("punch.malformed") == 8);
    assertEquals(0, node.figure("punch.offers", "result", "taken"));
    assertTrue(network.opened.getFirst().dials.isEmpty());
  }

  // Who is in between.

  @Test
  void shouldAnswerAnOfferWithWhatItKnowsAndPassItOnAndThenTheReply() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer asker = dial(node);
    RawPeer target = dial(node);
    target.send(RawPeer.announcement(target.identity, "127.0.0.1:4000"));
    target.awaitRead();
    await("both are known", () -> node.node().info().knownPeerCount() == 2);
    PeerId a = asker.identity.peerId();
    PeerId b = target.identity.peerId();
    await(
        "the address is known",
        () -> node.node().info().knownPeers().stream().anyMatch(l -> l.contains(":4000")));
    Envelope offer = coord("offer", a, b, "127.0.0.1:3000").build();
    asker.send(offer);
    Envelope atOnce = asker.next(EnvelopeType.HOLE_PUNCH_COORD);
    assertEquals("reply", atOnce.coordStage());
    assertEquals("127.0.0.1:4000", atOnce.advertisedAddress());
    assertEquals(offer.coordAt(), atOnce.coordAt());
    assertEquals(
        offer.advertisedAddress(), target.next(EnvelopeType.HOLE_PUNCH_COORD).advertisedAddress());
    target.send(coord("reply", b, a, "127.0.0.1:4001").build());
    assertEquals("127.0.0.1:4001", asker.next(EnvelopeType.HOLE_PUNCH_COORD).advertisedAddress());
    assertEquals(2, node.figure("punch.forwards", "result", "passed"));
  }

  @Test
  void shouldPassNothingOnInAnothersNameNorToWhomDidNotAsk() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer liar = dial(node);
    RawPeer victim = dial(node);
    PeerId self = liar.identity.peerId();
    PeerId other = victim.identity.peerId();
    liar.send(coord("offer", somebody(), other, ELSEWHERE).build());
    liar.send(coord("reply", self, other, ELSEWHERE).build());
    liar.send(coord("offer", self, somebody(), ELSEWHERE).build());
    await("none is passed on", () -> node.figure("punch.forwards", "result", "refused") == 3);
    victim.awaitRead();
    assertFalse(victim.heard.anyOf(EnvelopeType.HOLE_PUNCH_COORD));
  }

  @Test
  void shouldPassOnALimitedNumberOfOffersOfOneSender() throws Exception {
    TestNode node = nodes.started(plan());
    RawPeer asker = dial(node);
    RawPeer target = dial(node);
    for (int i = 0; i < 200; i++) {
      asker.send(
          coord("offer", asker.identity.peerId(), target.identity.peerId(), ELSEWHERE)
              .requestId("h" + i)
              .build());
    }
    asker.awaitRead();
    await(
        "all are judged",
        () ->
            node.figure("punch.forwards", "result", "refused")
                    + node.figure("punch.forwards", "result", "passed")
                    + node.figure("rejected", "reason", "nat_rate")
                == 200);
    assertTrue(node.figure("punch.forwards", "result", "passed") <= 64);
  }
}
