// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.id;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What mesh members owe, and what it costs not to bring it. */
class MeshDeliveriesTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;

  @BeforeEach
  void makeAMeshOfThree() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(3).forEach(fixture::graft);
  }

  /** Peer 2 says that it has the messages, so that they are not forwarded to it. */
  private void bringFromPeer1(int first, int count) {
    for (int number = first; number < first + count; number++) {
      engine.receive(
          peer(2), new GossipMessage.IDontWant(TOPIC, List.of(id(number))), fixture.nowNs);
      engine.receive(peer(1), message(number), fixture.nowNs);
    }
  }

  @Test
  void shouldPunishAMemberThatHasMessagesAndDoesNotBringThem() {
    fixture.heartbeats(40);
    bringFromPeer1(1, 20);
    fixture.heartbeats(6);

    assertEquals(20, engine.stats().deliveriesMissed());
    assertEquals(0.9 - 0.5 * 10 * 10, engine.score(peer(2)), 5, "half the 20 are tolerated");
    assertTrue(engine.score(peer(3)) > 0, "we forwarded to it");
  }

  @Test
  void shouldKeepTheDeficitAgainstAMemberThatLeft() {
    fixture.heartbeats(40);
    bringFromPeer1(1, 20);
    fixture.heartbeats(7);
    assertFalse(engine.mesh(TOPIC).contains(peer(2)));
    assertTrue(engine.score(peer(2)) < -20);

    engine.removePeer(peer(2));
    assertTrue(engine.score(peer(2)) < -20, "coming back does not wash it clean");
    fixture.heartbeats(600);
    assertEquals(0, engine.score(peer(2)));
  }

  @Test
  void shouldTolerateAFewMissedMessages() {
    fixture.heartbeats(40);
    bringFromPeer1(1, 10);
    fixture.heartbeats(6);

    assertEquals(10, engine.stats().deliveriesMissed());
    assertEquals(0.9, engine.score(peer(2)), 1e-9);
  }

  @Test
  void shouldExpectNothingFromANewMember() {
    fixture.heartbeats(20);
    bringFromPeer1(1, 20);
    fixture.heartbeats(6);

    assertEquals(0, engine.stats().deliveriesMissed());
  }

  @Test
  void shouldTakeACopyThatComesWithinTheWindow() {
    fixture.heartbeats(40);
    bringFromPeer1(1, 20);
    assertEquals(20, engine.stats().owed());
    fixture.heartbeats(4);
    for (int number = 1; number <= 20; number++) {
      engine.receive(peer(2), message(number), fixture.nowNs);
    }
    fixture.heartbeats(6);

    assertEquals(0, engine.stats().owed());
    assertEquals(0, engine.stats().deliveriesMissed());
  }

  @Test
  void shouldExpectNothingThatWeSaidNotToWant() {
    fixture.heartbeats(40);
    for (int number = 1; number <= 20; number++) {
      engine.receive(
          peer(2), new GossipMessage.IDontWant(TOPIC, List.of(id(number))), fixture.nowNs);
      engine.receive(peer(1), message(TOPIC, number, 2000), fixture.nowNs);
    }
    fixture.heartbeats(6);

    assertEquals(0, engine.stats().deliveriesMissed());
  }

  @Test
  void shouldKeepABoundedNumberOfExpectations() {
    fixture.heartbeats(40);
    bringFromPeer1(1, 5000);

    assertEquals(4096, engine.stats().owed());
    assertEquals(5000 - 4096, engine.stats().owedEvicted());
  }

  @Test
  void shouldPunishWhomWeForwardedToOnlyUnderTheProfileOfTheNatives() {
    Fixture natives = new Fixture(GossipSubParams.moss0819());
    natives.engine.subscribe(TOPIC, natives.nowNs);
    natives.connect(2).forEach(natives::graft);
    for (int number = 1; number <= 4; number++) {
      natives.engine.receive(peer(1), message(number), natives.nowNs);
    }
    natives.heartbeats(1);

    assertEquals(0.03 - 4 * 0.5, natives.engine.score(peer(2)), 1e-9);
  }
}
