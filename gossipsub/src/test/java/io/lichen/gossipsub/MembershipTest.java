// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Claims, GRAFT and PRUNE. */
class MembershipTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  @Test
  void shouldAnnounceSubscriptionsToNewPeer() {
    engine.subscribe(TOPIC, fixture.nowNs);
    engine.addPeer(peer(1), true, fixture.nowNs);

    assertEquals(List.of(new GossipMessage.Graft(TOPIC)), host.controlsTo(peer(1)));
  }

  @Test
  void shouldAnnounceNewSubscriptionToConnectedPeers() {
    fixture.connect(3);
    assertTrue(engine.subscribe(TOPIC, fixture.nowNs));

    for (int number = 1; number <= 3; number++) {
      assertEquals(List.of(new GossipMessage.Graft(TOPIC)), host.controlsTo(peer(number)));
    }
    assertFalse(engine.subscribe(TOPIC, fixture.nowNs));
    assertEquals(3, host.controls.size());
  }

  @Test
  void shouldTakeGraftingPeerIntoMesh() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(1);
    host.clear();
    fixture.graft(peer(1));

    assertEquals(Set.of(peer(1)), engine.mesh(TOPIC));
    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldAnswerForeignGraftWithPruneAndRememberTheClaim() {
    fixture.connect(1);
    fixture.graft(peer(1));

    assertEquals(List.of(new GossipMessage.Prune(TOPIC)), host.controlsTo(peer(1)));
    assertEquals(1, engine.publishTargets(TOPIC));
    assertEquals(1, engine.publish(message(1), fixture.nowNs));
    assertEquals(List.of(peer(1)), host.receivers());
  }

  @Test
  void shouldGraftKnownClaimantsOnSubscribe() {
    fixture.connect(2);
    fixture.graft(peer(1));
    engine.subscribe(TOPIC, fixture.nowNs);

    assertEquals(Set.of(peer(1)), engine.mesh(TOPIC));
  }

  @Test
  void shouldTakeFewNewcomersBeyondDButThoseThatAskAgainUpToDHigh() {
    engine.subscribe(TOPIC, fixture.nowNs);
    List<PeerId> peers = fixture.connect(13);
    peers.forEach(fixture::graft);
    int members = engine.mesh(TOPIC).size();
    assertTrue(members > 6 && members < 12, () -> members + " members");

    peers.forEach(fixture::graft);
    assertEquals(12, engine.mesh(TOPIC).size());
  }

  @Test
  void shouldAskThoseAgainThatHadNoRoomWhenItsMeshIsTooSmall() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(4).forEach(fixture::graft);
    fixture.prune(peer(4));
    fixture.heartbeats(6);
    assertFalse(engine.mesh(TOPIC).contains(peer(4)));

    fixture.heartbeats(1);
    assertTrue(engine.mesh(TOPIC).contains(peer(4)));
  }

  @Test
  void shouldRefuseGraftWhenMeshIsFull() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(13).forEach(fixture::graftAgain);

    assertEquals(12, engine.mesh(TOPIC).size());
    assertTrue(host.controlsTo(peer(13)).contains(new GossipMessage.Prune(TOPIC)));
    assertEquals(13, engine.publishTargets(TOPIC));
  }

  @Test
  void shouldTakeOutboundPeerIntoFullMeshForTheQuota() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(12).forEach(fixture::graftAgain);
    engine.addPeer(peer(50), true, fixture.nowNs);
    fixture.graft(peer(50));

    assertTrue(engine.mesh(TOPIC).contains(peer(50)));
  }

  @Test
  void shouldKeepClaimAfterPruneForFloodPublish() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(1).forEach(fixture::graft);
    fixture.prune(peer(1));

    assertEquals(Set.of(), engine.mesh(TOPIC));
    assertEquals(1, engine.publish(message(1), fixture.nowNs));
  }

  @Test
  void shouldTakeBackPrunedPeerWhenItGraftsAgain() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(1).forEach(fixture::graft);
    fixture.prune(peer(1));
    fixture.heartbeats(1);
    fixture.graft(peer(1));

    assertEquals(Set.of(peer(1)), engine.mesh(TOPIC));
  }

  @Test
  void shouldNotGraftWithinBackoffAndShouldGraftAfterItWhileTheMeshIsLargeEnough() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(5).forEach(fixture::graft);
    fixture.prune(peer(5));
    host.clear();
    fixture.heartbeats(29);
    assertEquals(List.of(), host.controlsTo(peer(5)));

    fixture.heartbeats(2);
    assertTrue(host.controlsTo(peer(5)).contains(new GossipMessage.Graft(TOPIC)));
  }

  @Test
  void shouldGoOnAnnouncingToAPeerThatOnlyClaims() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(5).forEach(fixture::graft);
    fixture.prune(peer(5));
    for (int round = 0; round < 4; round++) {
      fixture.heartbeats(28);
      fixture.graft(peer(5));
      fixture.prune(peer(5));
    }
    host.clear();
    fixture.heartbeats(31);

    GossipMessage graft = new GossipMessage.Graft(TOPIC);
    assertTrue(host.controlsTo(peer(5)).contains(graft), "it would take us for gone");
  }

  @Test
  void shouldForgetSteadyClaimSoonAfterPrune() {
    fixture.connect(1);
    for (int second = 0; second < 5; second++) {
      fixture.graft(peer(1));
      fixture.heartbeats(1);
    }
    fixture.prune(peer(1));
    fixture.heartbeats(6);

    assertEquals(0, engine.publishTargets(TOPIC));
    assertEquals(1, engine.stats().claimsLapsed());
  }

  @Test
  void shouldForgetSlowClaimOnlyAfterSeveralRefreshes() {
    fixture.connect(1).forEach(fixture::graft);
    fixture.prune(peer(1));
    fixture.heartbeats(145);
    assertEquals(1, engine.publishTargets(TOPIC));

    fixture.heartbeats(10);
    assertEquals(0, engine.publishTargets(TOPIC));
  }

  @Test
  void shouldNotForgetClaimWithoutPrune() {
    fixture.connect(1).forEach(fixture::graft);
    fixture.heartbeats(1000);

    assertEquals(1, engine.publishTargets(TOPIC));
  }

  @Test
  void shouldPruneEveryConnectedPeerOnUnsubscribe() {
    engine.subscribe(TOPIC, fixture.nowNs);
    List<PeerId> peers = fixture.connect(2);
    fixture.graft(peer(1));
    host.clear();
    assertTrue(engine.unsubscribe(TOPIC, fixture.nowNs));

    for (PeerId each : peers) {
      assertEquals(List.of(new GossipMessage.Prune(TOPIC)), host.controlsTo(each));
    }
    assertEquals(Set.of(), engine.topics());
    assertFalse(engine.unsubscribe(TOPIC, fixture.nowNs));
  }

  @Test
  void shouldForgetEverythingOfAPeerThatLeft() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(1).forEach(fixture::graft);
    engine.removePeer(peer(1));

    assertEquals(Set.of(), engine.mesh(TOPIC));
    assertEquals(0, engine.publish(message(1), fixture.nowNs));
    assertEquals(0, engine.stats().claims());
  }
}
