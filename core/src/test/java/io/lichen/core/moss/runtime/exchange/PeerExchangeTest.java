// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import static io.lichen.core.moss.runtime.RawPeer.announcement;
import static io.lichen.core.moss.runtime.RawPeer.status;
import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.runtime.FakeNetwork;
import io.lichen.core.moss.runtime.RawPeer;
import io.lichen.core.moss.runtime.TestNodes;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a node tells of others and believes of what it is told, seen from its sessions' far ends.
 */
final class PeerExchangeTest {
  private final FakeNetwork network = new FakeNetwork();
  private final TestNodes nodes = new TestNodes(network);
  private final TestNode node = nodes.started(plan());

  @AfterEach
  void close() {
    nodes.close();
  }

  private static Identity stranger() {
    return Identity.generate(new SecureRandom());
  }

  private static String line(Identity peer, String address) {
    return peer.peerId().hex().substring(0, 8) + "@" + address + "[known]";
  }

  private void awaitKnown(Identity peer, String address) {
    String line = line(peer, address);
    await(line, () -> node.node().info().knownPeers().contains(line));
  }

  @Test
  void shouldTellANewcomerOfAllOthersAfterItselfAndNoFasterThanItLooks() throws Exception {
    RawPeer teller = new RawPeer(network, node);
    Set<String> told = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Identity peer = stranger();
      told.add(peer.peerId().hex());
      teller.send(announcement(peer, "192.0.2.1:" + (1 + i)));
    }
    await("all are known", () -> node.node().info().knownPeerCount() == 51);
    long startNs = System.nanoTime();
    RawPeer newcomer = new RawPeer(network, node);
    assertEquals(node.node().id().hex(), newcomer.next().advertisedPeerId());
    while (!told.isEmpty()) {
      Envelope announcement = newcomer.next(EnvelopeType.PEER_ANNOUNCE);
      assertTrue(Announcements.verify(announcement));
      assertTrue(told.remove(announcement.advertisedPeerId()), "told once, and of no one else");
    }
    double seconds = (System.nanoTime() - startNs) / 1e9;
    assertTrue(51 <= 20 + 20 * (seconds + 0.5), "51 announcements in " + seconds + " s");
  }

  /** Though the application is asked only when it has come. */
  @Test
  void shouldTellNothingToANewcomerOfWhomTheApplicationThinksLittle() throws Exception {
    RawPeer teller = new RawPeer(network, node);
    Identity first = stranger();
    teller.send(announcement(first, "192.0.2.1:1"));
    awaitKnown(first, "192.0.2.1:1");
    PeerId liked = teller.identity.peerId();
    AtomicReference<PeerId> disliked = new AtomicReference<>();
    node.node()
        .scoring(
            (peer, base) -> {
              boolean isFirst = !peer.equals(liked) && disliked.compareAndSet(null, peer);
              return isFirst || peer.equals(disliked.get()) ? -5 : base;
            });
    RawPeer newcomer = new RawPeer(network, node);
    await("somebody is disliked", () -> newcomer.identity.peerId().equals(disliked.get()));
    // The newcomer's turn may come after the first friend's, but before the second one's.
    for (int friends = 0; friends < 2; friends++) {
      new RawPeer(network, node).next(EnvelopeType.PEER_ANNOUNCE, about(first));
    }
    node.node().scoring((peer, base) -> base);
    Identity second = stranger();
    teller.send(announcement(second, "192.0.2.2:2"));
    assertEquals(node.node().id().hex(), newcomer.next().advertisedPeerId());
    Envelope told = newcomer.next(EnvelopeType.PEER_ANNOUNCE);
    assertEquals(second.peerId().hex(), told.advertisedPeerId());
  }

  /** An application that never answers shall not cut anybody off. */
  @Test
  void shouldTellANewcomerOfOthersThoughTheApplicationGoesOnThinking() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    RawPeer teller = new RawPeer(network, node);
    Identity peer = stranger();
    teller.send(announcement(peer, "192.0.2.1:1"));
    awaitKnown(peer, "192.0.2.1:1");
    node.node().scoring((about, base) -> base + awaitEnd(end));
    try {
      RawPeer newcomer = new RawPeer(network, node);
      newcomer.next(EnvelopeType.PEER_ANNOUNCE, about(peer));
    } finally {
      end.countDown();
    }
  }

  private static Predicate<Envelope> about(Identity peer) {
    return envelope -> peer.peerId().hex().equals(envelope.advertisedPeerId());
  }

  private static int awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  @Test
  void shouldPassNewsOnToOthersButNotBack() throws Exception {
    RawPeer teller = new RawPeer(network, node);
    RawPeer listener = new RawPeer(network, node);
    teller.next();
    listener.next();
    Identity peer = stranger();
    Envelope said = announcement(peer, "192.0.2.1:1");
    teller.send(said);
    Envelope passedOn = listener.next(EnvelopeType.PEER_ANNOUNCE);
    assertEquals(said.advertisedPeerId(), passedOn.advertisedPeerId());
    assertEquals(said.advertisedAddress(), passedOn.advertisedAddress());
    assertArrayEquals(said.advertisedSignature(), passedOn.advertisedSignature());
    assertTrue(Announcements.verify(passedOn));
    // Said again by both, it is no news; the next that comes is.
    teller.send(said);
    listener.send(said);
    listener.awaitRead();
    Identity second = stranger();
    listener.send(announcement(second, "192.0.2.2:2"));
    assertEquals(second.peerId().hex(), teller.next(EnvelopeType.PEER_ANNOUNCE).advertisedPeerId());
  }

  @Test
  void shouldPassOnThatAPeerRelaysThoughItHasJustIntroducedItself() throws Exception {
    RawPeer supernode = new RawPeer(network, node);
    RawPeer listener = new RawPeer(network, node);
    listener.next();
    supernode.send(announcement(supernode.identity, "192.0.2.1:1"));
    supernode.send(status(supernode.identity, EnvelopeType.SUPERNODE_ANNOUNCE, "192.0.2.1:1"));
    assertTrue(Announcements.verify(listener.next(EnvelopeType.PEER_ANNOUNCE)));
    assertTrue(Announcements.verifySupernode(listener.next(EnvelopeType.SUPERNODE_ANNOUNCE)));
    assertEquals(1, node.node().info().relayCapablePeerCount());
    supernode.send(status(supernode.identity, EnvelopeType.SUPERNODE_REVOKE, "192.0.2.1:1"));
    await("no longer", () -> node.node().info().relayCapablePeerCount() == 0);
    assertTrue(Announcements.verifySupernode(listener.next(EnvelopeType.SUPERNODE_REVOKE)));
  }

  @Test
  void shouldNotLetReplaysSpeakAgainstAConnectedPeer() throws Exception {
    RawPeer supernode = new RawPeer(network, node);
    RawPeer replayer = new RawPeer(network, node);
    supernode.send(status(supernode.identity, EnvelopeType.SUPERNODE_ANNOUNCE, "192.0.2.1:1"));
    await("it relays", () -> node.node().info().relayCapablePeerCount() == 1);
    replayer.send(status(supernode.identity, EnvelopeType.SUPERNODE_REVOKE, "192.0.2.1:1"));
    replayer.send(announcement(supernode.identity, "192.0.2.66:6"));
    replayer.awaitRead();
    Identity marker = stranger();
    replayer.send(announcement(marker, "192.0.2.9:9"));
    awaitKnown(marker, "192.0.2.9:9");
    assertEquals(1, node.node().info().relayCapablePeerCount());
    assertTrue(
        node.node().info().knownPeers().stream().noneMatch(line -> line.contains("192.0.2.66")));
  }

  @Test
  void shouldNotLetAReplayMoveWhoeverIsKnown() throws Exception {
    RawPeer honest = new RawPeer(network, node);
    RawPeer replayer = new RawPeer(network, node);
    Identity peer = stranger();
    honest.send(announcement(peer, "192.0.2.1:1"));
    awaitKnown(peer, "192.0.2.1:1");
    replayer.send(announcement(peer, "192.0.2.66:6"));
    Identity marker = stranger();
    replayer.send(announcement(marker, "192.0.2.9:9"));
    awaitKnown(marker, "192.0.2.9:9");
    assertTrue(node.node().info().knownPeers().contains(line(peer, "192.0.2.1:1")));
  }

  @Test
  void shouldSpendTheFloodersBudgetAndNobodyElses() throws Exception {
    RawPeer flooder = new RawPeer(network, node);
    RawPeer honest = new RawPeer(network, node);
    Envelope forged =
        announcement(stranger(), "192.0.2.1:1").toBuilder()
            .advertisedAddress("192.0.2.66:6")
            .build();
    Set<String> minted = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      Identity fake = stranger();
      minted.add(fake.peerId().hex().substring(0, 8));
      flooder.send(forged);
      flooder.send(announcement(fake, "192.0.2.66:" + (1 + i)));
    }
    flooder.awaitRead();
    Identity peer = stranger();
    honest.send(announcement(peer, "192.0.2.1:1"));
    awaitKnown(peer, "192.0.2.1:1");
    long kept =
        node.node().info().knownPeers().stream()
            .filter(line -> minted.contains(line.substring(0, 8)))
            .count();
    assertTrue(kept <= KnownPeers.MAX_FROM_ONE, kept + " of the flooder's are kept");
    assertEquals(2, node.node().info().peerCount(), "nobody is thrown out for it");
  }
}
