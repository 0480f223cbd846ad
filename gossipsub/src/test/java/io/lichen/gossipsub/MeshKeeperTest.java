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
import org.junit.jupiter.api.Test;

/** Mesh upkeep. */
class MeshKeeperTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  private void connectOutbound(int first, int count) {
    for (int number = first; number < first + count; number++) {
      engine.addPeer(peer(number), true, fixture.nowNs);
      fixture.graft(peer(number));
    }
  }

  @Test
  void shouldFillSmallMeshUpToD() {
    fixture.connect(20).forEach(fixture::graft);
    engine.subscribe(TOPIC, fixture.nowNs);

    assertEquals(6, engine.mesh(TOPIC).size());
  }

  @Test
  void shouldTakeOutboundPeersFirst() {
    fixture.connect(20).forEach(fixture::graft);
    connectOutbound(30, 2);
    engine.subscribe(TOPIC, fixture.nowNs);

    assertTrue(engine.mesh(TOPIC).containsAll(List.of(peer(30), peer(31))));
  }

  @Test
  void shouldTellClaimantsOutsideTheMeshThatItIsAClaimOnly() {
    List<PeerId> peers = fixture.connect(20);
    peers.forEach(fixture::graft);
    host.clear();
    engine.subscribe(TOPIC, fixture.nowNs);

    GossipMessage graft = new GossipMessage.Graft(TOPIC);
    for (PeerId each : peers) {
      List<GossipMessage> expected =
          engine.mesh(TOPIC).contains(each)
              ? List.of(graft)
              : List.of(graft, new GossipMessage.Prune(TOPIC));
      assertEquals(expected, host.controlsTo(each));
    }
  }

  @Test
  void shouldAddOutboundPeersToASufficientMesh() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(6).forEach(fixture::graft);
    connectOutbound(30, 1);
    assertTrue(engine.mesh(TOPIC).contains(peer(30)), "the quota has room above D");
    fixture.prune(peer(30));
    assertFalse(engine.mesh(TOPIC).contains(peer(30)));
    fixture.heartbeats(31);

    assertTrue(engine.mesh(TOPIC).contains(peer(30)));
  }

  @Test
  void shouldPruneExcessDownToDAndKeepTheOutboundQuota() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(12).forEach(fixture::graftAgain);
    connectOutbound(30, 2);
    assertEquals(14, engine.mesh(TOPIC).size());
    fixture.heartbeats(1);

    assertEquals(6, engine.mesh(TOPIC).size());
    assertTrue(engine.mesh(TOPIC).containsAll(List.of(peer(30), peer(31))));
    assertEquals(14, engine.publishTargets(TOPIC));
  }

  @Test
  void shouldPruneTheWorstFirst() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(12).forEach(fixture::graftAgain);
    connectOutbound(30, 2);
    for (int number = 1; number <= 4; number++) {
      engine.receive(peer(number), message(number), fixture.nowNs);
    }
    fixture.heartbeats(1);

    for (int number = 1; number <= 4; number++) {
      assertTrue(engine.mesh(TOPIC).contains(peer(number)), "a better peer was pruned");
    }
  }

  @Test
  void shouldRefusePrunedPeerDuringItsBackoffAndTakeItLater() {
    engine.subscribe(TOPIC, fixture.nowNs);
    List<PeerId> peers = fixture.connect(12);
    peers.forEach(fixture::graftAgain);
    connectOutbound(30, 2);
    fixture.heartbeats(1);
    PeerId pruned =
        peers.stream().filter(each -> !engine.mesh(TOPIC).contains(each)).findFirst().get();
    fixture.graft(pruned);
    assertFalse(engine.mesh(TOPIC).contains(pruned));

    fixture.heartbeats(30);
    fixture.graft(pruned);
    assertTrue(engine.mesh(TOPIC).contains(pruned));
  }

  @Test
  void shouldTakeAPrunedPeerBackEarlyWhenTheMeshHasBecomeSmall() {
    engine.subscribe(TOPIC, fixture.nowNs);
    List<PeerId> peers = fixture.connect(12);
    peers.forEach(fixture::graftAgain);
    connectOutbound(30, 2);
    fixture.heartbeats(1);
    PeerId pruned =
        peers.stream().filter(each -> !engine.mesh(TOPIC).contains(each)).findFirst().get();
    engine.mesh(TOPIC).stream().limit(3).forEach(engine::removePeer);
    fixture.graft(pruned);

    assertTrue(engine.mesh(TOPIC).contains(pruned));
  }

  @Test
  void shouldExpelMemberWhoseScoreFell() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(3).forEach(fixture::graft);
    engine.penalizeInvalid(peer(2));
    fixture.heartbeats(1);

    assertFalse(engine.mesh(TOPIC).contains(peer(2)));
    assertTrue(host.controlsTo(peer(2)).contains(new GossipMessage.Prune(TOPIC)));
    fixture.graft(peer(2));
    assertFalse(engine.mesh(TOPIC).contains(peer(2)), "a bad peer is not taken back");
  }

  @Test
  void shouldGraftBetterPeersIntoAMediocreMesh() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(12).forEach(fixture::graftAgain);
    connectOutbound(30, 2);
    fixture.heartbeats(1);
    PeerId better =
        engine.claimants(TOPIC).stream()
            .filter(each -> !engine.mesh(TOPIC).contains(each))
            .findFirst()
            .get();
    host.overrides.put(better, 5.0);
    int before = engine.mesh(TOPIC).size();
    fixture.heartbeats(60);

    assertTrue(engine.mesh(TOPIC).contains(better));
    assertEquals(before, engine.mesh(TOPIC).size(), "for the better ones the worst went");
  }
}
