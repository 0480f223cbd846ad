// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Peers that the operator vouches for. */
class DirectPeersTest {
  private static final PeerTraits DIRECT = new PeerTraits(false, true, null);

  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;

  @Test
  void shouldTakeADirectPeerIntoAFullMesh() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(12).forEach(fixture::graftAgain);
    engine.addPeer(peer(100), DIRECT, fixture.nowNs);
    fixture.graft(peer(100));

    assertEquals(13, engine.mesh(TOPIC).size());
    fixture.heartbeats(60);
    assertTrue(engine.mesh(TOPIC).contains(peer(100)), "never pruned as excess");
  }

  @Test
  void shouldGraftADirectPeerThatLeftTheMeshWhenItsBackoffIsOver() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(6).forEach(fixture::graft);
    engine.addPeer(peer(100), DIRECT, fixture.nowNs);
    fixture.graft(peer(100));
    fixture.prune(peer(100));
    fixture.heartbeats(31);

    assertTrue(engine.mesh(TOPIC).contains(peer(100)));
  }

  @Test
  void shouldKeepADirectPeerWhateverItDoes() {
    engine.subscribe(TOPIC, fixture.nowNs);
    engine.addPeer(peer(100), DIRECT, fixture.nowNs);
    fixture.graft(peer(100));
    for (int time = 0; time < 100; time++) {
      engine.penalizeInvalid(peer(100));
    }
    fixture.heartbeats(1);

    assertEquals(0, engine.score(peer(100)));
    assertTrue(engine.mesh(TOPIC).contains(peer(100)));
  }
}
