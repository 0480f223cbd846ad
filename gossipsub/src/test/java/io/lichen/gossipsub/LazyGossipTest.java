// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.id;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is offered by IHAVE, and to whom. */
class LazyGossipTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  private List<String> offeredTo(PeerId peer) {
    List<String> offered = new ArrayList<>();
    for (GossipMessage control : host.controlsTo(peer)) {
      if (control instanceof GossipMessage.IHave have) {
        offered.addAll(have.messageIds());
      }
    }
    return offered;
  }

  private Set<PeerId> subscribeWith(int peers) {
    engine.subscribe(TOPIC, fixture.nowNs);
    List<PeerId> all = fixture.connect(peers);
    all.forEach(fixture::graft);
    host.clear();
    Set<PeerId> outside = new HashSet<>(all);
    outside.removeAll(engine.mesh(TOPIC));
    return outside;
  }

  @Test
  void shouldOfferEachMessageToEveryPeerOutsideTheMeshInTurn() {
    Set<PeerId> outside = subscribeWith(60);
    assertEquals(48, outside.size());
    engine.receive(peer(1), message(1), fixture.nowNs);
    fixture.heartbeats(5);

    for (PeerId peer : outside) {
      assertTrue(offeredTo(peer).contains(id(1)), () -> "never offered to " + peer);
    }
  }

  @Test
  void shouldOfferTheFirstMessagesAtOnceToOtherPeersEachTime() {
    Set<PeerId> outside = subscribeWith(24);
    engine.receive(peer(1), message(1), fixture.nowNs);
    engine.receive(peer(1), message(2), fixture.nowNs);

    int first = 0;
    int second = 0;
    for (PeerId peer : outside) {
      List<String> offered = offeredTo(peer);
      assertTrue(offered.size() == 1, () -> "offered " + offered);
      first += offered.equals(List.of(id(1))) ? 1 : 0;
      second += offered.equals(List.of(id(2))) ? 1 : 0;
    }
    assertEquals(6, first);
    assertEquals(6, second);
  }

  @Test
  void shouldOfferNoMoreThanTheLimitAtOnce() {
    subscribeWith(24);
    for (int number = 1; number <= 100; number++) {
      engine.receive(peer(1), message(number), fixture.nowNs);
    }

    assertEquals(32 * 6, engine.stats().iHavesSent());
  }

  @Test
  void shouldOfferOnlyAShareOfThePeersAtOneHeartbeat() {
    Set<PeerId> outside = subscribeWith(60);
    engine.receive(peer(1), message(1), fixture.nowNs);
    host.clear();
    fixture.heartbeats(1);

    assertEquals(12, outside.stream().filter(peer -> !offeredTo(peer).isEmpty()).count());
  }

  @Test
  void shouldOfferToMeshMembersForAFewHeartbeatsOnly() {
    subscribeWith(2);
    engine.receive(peer(1), message(1), fixture.nowNs);
    fixture.heartbeats(20);

    assertEquals(5, offeredTo(peer(2)).size());
    assertEquals(List.of(), offeredTo(peer(1)), "it sent the message itself");
  }

  @Test
  void shouldOfferTheLastFewMessagesToANewMember() {
    subscribeWith(1);
    for (int number = 1; number <= 10; number++) {
      engine.receive(peer(1), message(number), fixture.nowNs);
    }
    engine.addPeer(peer(2), false, fixture.nowNs);
    fixture.graft(peer(2));

    assertEquals(List.of(id(10), id(9), id(8), id(7), id(6), id(5)), offeredTo(peer(2)));
  }

  @Test
  void shouldOfferWhatAPeerMissedHoweverLongItWaitedForItsTurn() {
    MeshParams mesh = new MeshParams(6, 4, 12, 2, 1, 1000, 30_000, 30_000, 60, false);
    GossipParams gossip =
        new GossipParams(true, true, false, 0, 2, 256, 1024, 5120, 5120, 5, 5, 1024, 0, 0, false);
    Fixture slow = new Fixture(GossipSubParams.defaults().withMesh(mesh).withGossip(gossip));
    slow.engine.subscribe(TOPIC, slow.nowNs);
    slow.connect(32).forEach(slow::graft);
    slow.host.clear();
    slow.engine.receive(peer(1), message(1), slow.nowNs);
    slow.heartbeats(20);

    long told =
        slow.host.controls.stream().filter(c -> c.message() instanceof GossipMessage.IHave).count();
    assertEquals(20, told);
  }

  @Test
  void shouldNotOfferAPeerItsOwnMessagesWhenItComesBack() {
    subscribeWith(1);
    engine.receive(peer(1), message(1), fixture.nowNs);
    fixture.prune(peer(1));
    fixture.graft(peer(1));

    assertEquals(List.of(), offeredTo(peer(1)));
  }

  @Test
  void shouldSplitLongOffersAndBoundThem() {
    subscribeWith(2);
    for (int number = 1; number <= 2000; number++) {
      engine.receive(peer(1), message(number), fixture.nowNs);
    }
    fixture.heartbeats(1);

    List<Integer> sizes = new ArrayList<>();
    for (GossipMessage control : host.controlsTo(peer(2))) {
      if (control instanceof GossipMessage.IHave have) {
        sizes.add(have.messageIds().size());
      }
    }
    assertEquals(List.of(256, 256, 256, 256), sizes);
  }

  @Test
  void shouldOfferNothingWhenNothingWasSaid() {
    subscribeWith(20);
    fixture.heartbeats(10);

    assertEquals(0, engine.stats().iHavesSent());
  }
}
