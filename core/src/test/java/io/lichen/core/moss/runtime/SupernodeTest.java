// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.MossTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that others vouch for, or lie about; its peers seem to come from all over the world. */
final class SupernodeTest {
  private static final InetSocketAddress OUTSIDE =
      new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 7000);

  private final Map<PeerId, InetSocketAddress> places = new ConcurrentHashMap<>();
  private final PlacedTransport transport = new PlacedTransport(this::place);
  private final TestNodes nodes = new TestNodes(transport);
  private final LoopbackStun one = new LoopbackStun("127.0.0.1", asker -> OUTSIDE);
  private final LoopbackStun other = new LoopbackStun("127.0.0.2", asker -> OUTSIDE);
  private final List<RawPeer> peers = new ArrayList<>();

  private volatile boolean verdict = true;
  private volatile boolean done;

  private InetSocketAddress place(PeerId peer) {
    return places.computeIfAbsent(
        peer,
        key ->
            new InetSocketAddress(
                InetAddress.ofLiteral("198.51.100." + (places.size() + 1)), 5000));
  }

  @AfterEach
  void close() {
    done = true;
    peers.forEach(RawPeer::close);
    nodes.close();
    one.close();
    other.close();
  }

  private TestNode asking() {
    return nodes.started(
        plan()
            .host("0.0.0.0")
            .config(
                ("\"nat\":{\"supernode_min_uptime_sec\":1},"
                        + "\"gossipsub\":{\"heartbeat_ms\":100},"
                        + "\"lichen\":{\"nat_probe_ms\":1000,\"stun_servers\":[\"%s\",\"%s\"]}")
                    .formatted(one.address(), other.address())));
  }

  private RawPeer join(TestNode node) {
    RawPeer peer = new RawPeer(transport, node);
    peers.add(peer);
    return peer;
  }

  /** Answers what it is asked by what the test says at that time. */
  private void answering(RawPeer peer) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!done) {
                attest(peer);
              }
            });
  }

  private void attest(RawPeer peer) {
    try {
      Envelope request = peer.next(EnvelopeType.REACHABILITY_REQUEST);
      assertEquals("203.0.113.9:7000", request.advertisedAddress());
      peer.send(
          Envelope.of(EnvelopeType.REACHABILITY_RESPONSE)
              .requestId(request.requestId())
              .reachable(verdict)
              .build());
    } catch (InterruptedException | AssertionError e) {
      // Nobody asks any more, or asked for something else: then nothing is attested.
      done = true;
    }
  }

  private static MossEvent next(TestNode node, MossEvent.Type type) throws InterruptedException {
    @Nullable MossEvent event = node.events().poll(20, TimeUnit.SECONDS);
    while (event != null && event.type() != type) {
      event = node.events().poll(20, TimeUnit.SECONDS);
    }
    assertNotNull(event, type + " should have happened");
    return event;
  }

  @Test
  void shouldRelayOnceTwoHaveReachedItAndCeaseWhenTheyNoLongerCan() throws Exception {
    TestNode node = asking();
    RawPeer watcher = new RawPeer(MossTransport::open, node);
    peers.add(watcher);
    answering(join(node));
    answering(join(node));
    MossEvent promoted = next(node, MossEvent.Type.SUPERNODE_PROMOTED);
    assertEquals(Map.of("nat_type", "full_cone"), promoted.detail());
    Envelope announced = watcher.next(EnvelopeType.SUPERNODE_ANNOUNCE);
    assertTrue(Announcements.verify(announced));
    assertEquals("203.0.113.9:7000", announced.advertisedAddress());
    assertEquals("full_cone", announced.advertisedNatType());
    assertTrue(announced.advertisedReachable());
    assertTrue(node.node().info().supernodeReady());
    assertTrue(node.node().natReport().supernode());
    RawPeer late = join(node);
    assertNotNull(late.next(EnvelopeType.SUPERNODE_ANNOUNCE));
    late.close();
    verdict = false;
    next(node, MossEvent.Type.SUPERNODE_REVOKED);
    Envelope revoked = watcher.next(EnvelopeType.SUPERNODE_REVOKE);
    assertTrue(Announcements.verifySupernode(revoked));
    assertFalse(node.node().info().supernodeReady());
  }

  /** Takes some seconds for each look: who is silent is waited for. */
  @Test
  void shouldRelayOnAsLongAsOneCanConnectAndTheOthersAreOnlySilent() throws Exception {
    assumeTrue("full".equals(System.getProperty("lichen.suite")), "full suite only");
    TestNode node = asking();
    RawPeer leaving = join(node);
    answering(join(node));
    answering(leaving);
    next(node, MossEvent.Type.SUPERNODE_PROMOTED);
    leaving.close();
    RawPeer silent = join(node);
    assertNotNull(silent.next(EnvelopeType.SUPERNODE_ANNOUNCE));
    double before = node.figure("nat.reachability", "result", "connected");
    await(
        "more looks than silence alone needs",
        () -> node.figure("nat.reachability", "result", "connected") >= before + 6);
    assertTrue(node.node().info().supernodeReady());
  }

  @Test
  void shouldNotBelieveOnePeerOrWhoWasNotAsked() throws Exception {
    TestNode node = asking();
    RawPeer liar = join(node);
    liar.send(
        Envelope.of(EnvelopeType.REACHABILITY_RESPONSE)
            .requestId("made up")
            .reachable(true)
            .build());
    for (int i = 0; i < 3; i++) {
      attest(liar);
    }
    await("all is counted", () -> node.figure("nat.reachability", "result", "connected") >= 3);
    assertEquals(1, node.figure("nat.reachability", "result", "stray"));
    assertFalse(node.node().natReport().reachable());
    assertFalse(node.node().info().supernodeReady());
  }
}
