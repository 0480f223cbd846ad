// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.crypto.PeerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The overview of peers by place and score. */
class PeerCensusTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;

  private PeerCensus census() {
    return engine.census(fixture.nowNs);
  }

  @Test
  void shouldCountNothingWithoutPeers() {
    assertEquals(PeerCensus.empty(), census());
  }

  @Test
  void shouldCountPlacesOnSubscribedTopicsByTheirState() {
    fixture.connect(10).forEach(fixture::graft);
    for (int number = 30; number < 32; number++) {
      engine.addPeer(peer(number), true, fixture.nowNs);
      fixture.graft(peer(number));
    }
    assertEquals(0, census().candidates(), "the topic is not subscribed");

    engine.subscribe(TOPIC, fixture.nowNs);

    PeerCensus full = census();
    assertEquals(4, full.inboundMembers());
    assertEquals(2, full.outboundMembers());
    assertEquals(6, full.candidates());
    assertEquals(0, full.inBackoff());
    assertEquals(12, full.good());

    PeerId leaving = peer(30);
    fixture.prune(leaving);
    assertEquals(1, census().outboundMembers());
    assertEquals(1, census().inBackoff());
  }

  @Test
  void shouldCountEachPeerWhereItsScoreLies() {
    List<Double> scores = List.of(-10_001.0, -10_000.0, -101.0, -100.0, -11.0, -10.0, -1.0, 0.0);
    for (int number = 0; number < scores.size(); number++) {
      fixture.host.overrides.put(peer(number), scores.get(number));
      engine.addPeer(peer(number), false, fixture.nowNs);
    }

    PeerCensus counted = census();

    assertEquals(1, counted.graylisted());
    assertEquals(2, counted.unheard());
    assertEquals(2, counted.avoided());
    assertEquals(2, counted.negative());
    assertEquals(1, counted.good());
  }
}
