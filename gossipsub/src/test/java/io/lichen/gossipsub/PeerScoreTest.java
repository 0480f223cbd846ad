// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scores and what follows from them. */
class PeerScoreTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  @BeforeEach
  void subscribeWithTwoPeers() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(2).forEach(fixture::graft);
    host.clear();
  }

  private void penalize(int peer, int times) {
    for (int time = 0; time < times; time++) {
      engine.penalizeInvalid(peer(peer));
    }
  }

  @Test
  void shouldRewardFirstDeliveriesUpToACap() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    assertEquals(0.66, engine.score(peer(1)), 1e-9);

    for (int number = 2; number < 1000; number++) {
      engine.receive(peer(1), message(number), fixture.nowNs);
    }
    assertEquals(33, engine.score(peer(1)), 0.66);
  }

  @Test
  void shouldRewardTimeInTheMeshUpToLessThanAMediocreMeshNeeds() {
    fixture.heartbeats(10);
    assertEquals(0.3, engine.score(peer(1)), 1e-9);

    fixture.heartbeats(1000);
    assertEquals(0.9, engine.score(peer(1)), 1e-9);

    fixture.prune(peer(1));
    fixture.heartbeats(1);
    assertEquals(0, engine.score(peer(1)), "no member, no reward");
  }

  @Test
  void shouldSquareInvalidMessages() {
    penalize(1, 1);
    assertEquals(-10, engine.score(peer(1)));

    penalize(1, 3);
    assertEquals(-160, engine.score(peer(1)));
  }

  @Test
  void shouldAddWhatTheApplicationThinks() {
    engine.applicationScore(peer(1), -12.5);
    assertEquals(-12.5, engine.score(peer(1)));
    assertEquals(1, engine.publishTargets(TOPIC), "it counts at once");

    engine.applicationScore(peer(1), 4);
    assertEquals(4, engine.score(peer(1)));
    engine.applicationScore(peer(77), 4);
    assertEquals(0, engine.score(peer(77)), "not connected");
    assertThrows(
        IllegalArgumentException.class, () -> engine.applicationScore(peer(1), Double.NaN));
  }

  @Test
  void shouldPunishManyPeersAtOnePlaceAndForgiveWhenTheyAreFewer() {
    for (int number = 10; number < 18; number++) {
      engine.addPeer(peer(number), new PeerTraits(false, false, "c6336401"), fixture.nowNs);
    }
    fixture.heartbeats(1);
    assertEquals(-80, engine.score(peer(10)), "8 of which 4 are tolerated");
    assertEquals(0.03, engine.score(peer(1)), 1e-9, "at a place unknown");

    for (int number = 14; number < 18; number++) {
      engine.removePeer(peer(number));
    }
    assertEquals(0, engine.score(peer(10)));
  }

  @Test
  void shouldKeepTheScoreOfAbsentPeersForALimitedTime() {
    ScoreParams forEver =
        new ScoreParams(
            ScoreParams.defaults().timeInMesh(),
            ScoreParams.defaults().firstDelivery(),
            ScoreParams.defaults().meshDelivery(),
            new ScoreParams.InvalidMessage(-10, 2, 0),
            1,
            ScoreParams.defaults().colocation(),
            ScoreParams.defaults().behaviour(),
            30_000);
    Fixture other = new Fixture(GossipSubParams.defaults().withScore(forEver));
    other.connect(1);
    other.engine.penalizeInvalid(peer(1));
    other.engine.removePeer(peer(1));
    other.heartbeats(29);
    assertEquals(-10, other.engine.score(peer(1)));

    other.heartbeats(1);
    assertEquals(0, other.engine.score(peer(1)));
  }

  @Test
  void shouldNotKeepTheCreditOfAPeerThatLeft() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    engine.removePeer(peer(1));

    assertEquals(0, engine.score(peer(1)));
    assertEquals(0, engine.stats().retainedScores());
  }

  @Test
  void shouldNotRewardDuplicatesOrPunishThem() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    engine.receive(peer(2), message(1), fixture.nowNs);

    assertEquals(0, engine.score(peer(2)));
  }

  @Test
  void shouldNotPunishAMemberThatWeForwardTo() {
    fixture.heartbeats(60);
    for (int number = 1; number <= 1000; number++) {
      engine.receive(peer(1), message(number), fixture.nowNs);
    }
    fixture.heartbeats(10);

    assertEquals(0.9, engine.score(peer(2)), 1e-9);
    assertEquals(0, engine.stats().deliveriesMissed());
    assertEquals(2, engine.mesh(TOPIC).size());
  }

  @Test
  void shouldLetScoresFade() {
    penalize(1, 1);
    fixture.heartbeats(120);
    assertEquals(-2.5, engine.score(peer(1)), 0.1);

    fixture.heartbeats(600);
    assertEquals(0.9, engine.score(peer(1)), 1e-9, "a mesh member again");
  }

  @Test
  void shouldDropPublishesBelowThePublishThresholdOnly() {
    host.overrides.put(peer(1), -100.0);
    fixture.heartbeats(1);
    engine.receive(peer(1), message(1), fixture.nowNs);
    assertEquals(1, host.deliveries.size(), "exactly -100 is on the good side");

    host.overrides.put(peer(1), -100.5);
    fixture.heartbeats(1);
    engine.receive(peer(1), message(2), fixture.nowNs);
    assertEquals(1, host.deliveries.size());
  }

  @Test
  void shouldSendNothingToAGraylistedPeerAndHearNothing() {
    host.overrides.put(peer(1), -10_000.5);
    fixture.heartbeats(1);
    host.clear();
    assertTrue(engine.isGraylisted(peer(1)));
    engine.receive(peer(1), new GossipMessage.Graft("other"), fixture.nowNs);
    engine.receive(peer(1), message(1), fixture.nowNs);
    engine.unsubscribe(TOPIC, fixture.nowNs);

    assertEquals(List.of(), host.controlsTo(peer(1)));
    assertEquals(List.of(), host.deliveries);
  }

  @Test
  void shouldNotPublishToAPeerBelowTheGossipThreshold() {
    penalize(1, 2);

    assertEquals(1, engine.publishTargets(TOPIC));
    assertEquals(1, engine.publish(message(1), fixture.nowNs));
    assertEquals(List.of(peer(2)), host.receivers());
  }

  @Test
  void shouldLetTheHostOverrideTheScore() {
    host.overrides.put(peer(1), 7.5);
    penalize(1, 5);
    assertEquals(7.5, engine.score(peer(1)));
    assertFalse(engine.isGraylisted(peer(1)));

    host.overrides.put(peer(1), Double.NaN);
    assertEquals(-250, engine.score(peer(1)));
  }

  @Test
  void shouldRememberTheScoreOfAPeerThatComesBack() {
    penalize(1, 3);
    engine.removePeer(peer(1));
    assertEquals(-90, engine.score(peer(1)));

    engine.addPeer(peer(1), false, fixture.nowNs);
    assertEquals(-90, engine.score(peer(1)));
    assertEquals(0, engine.stats().retainedScores());
  }

  @Test
  void shouldRememberWhatAPeerDidThatIsGoneAlready() {
    engine.removePeer(peer(1));
    penalize(1, 2);
    engine.addPeer(peer(1), false, fixture.nowNs);

    assertEquals(-40, engine.score(peer(1)));
  }

  @Test
  void shouldKeepABoundedNumberOfAbsentScores() {
    for (int number = 10; number < 2010; number++) {
      engine.addPeer(peer(number), false, fixture.nowNs);
      engine.penalizeInvalid(peer(number));
      engine.removePeer(peer(number));
    }
    assertEquals(1024, engine.stats().retainedScores());
    assertEquals(2000 - 1024, engine.stats().scoresEvicted());

    fixture.heartbeats(1000);
    assertEquals(0, engine.stats().retainedScores());
  }
}
