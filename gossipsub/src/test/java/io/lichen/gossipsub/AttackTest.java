// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.id;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One hostile peer among five honest ones, one of which publishes ten messages a second: all of
 * them arrive and are forwarded, the attacker ends graylisted, and what it left in the tables stays
 * within their bounds.
 */
class AttackTest {
  private static final PeerId ATTACKER = peer(66);
  private static final int HONEST = 5;
  private static final int MESSAGES_PER_SECOND = 10;

  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private int published;
  private int fresh = 1_000_000;

  @BeforeEach
  void meetTheAttacker() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(HONEST).forEach(fixture::graft);
    engine.addPeer(ATTACKER, false, fixture.nowNs);
    fixture.graft(ATTACKER);
    fixture.heartbeats(5);
    fixture.host.clear();
  }

  /** Lets honest peers repeat their GRAFTs and forward a message, while somebody attacks. */
  private void underAttack(int seconds, IntConsumer attack) {
    for (int second = 0; second < seconds; second++) {
      for (int step = 0; step < MESSAGES_PER_SECOND; step++) {
        attack.accept(second);
        engine.receive(peer(1), message(++published), fixture.nowNs);
      }
      for (int number = 1; number <= HONEST; number++) {
        fixture.graft(peer(number));
        engine.receive(peer(number), message(published), fixture.nowNs);
      }
      fixture.heartbeats(1);
    }
  }

  private void fromAttacker(GossipMessage message) {
    engine.receive(ATTACKER, message, fixture.nowNs);
  }

  private List<String> freshIds(int count) {
    fresh += count;
    return IntStream.range(fresh - count, fresh).mapToObj(Fixture::id).toList();
  }

  private void assertHeldOff() {
    assertTrue(engine.isGraylisted(ATTACKER), "score " + engine.score(ATTACKER));
    assertFalse(engine.mesh(TOPIC).contains(ATTACKER));
    assertEquals(
        published, fixture.host.deliveries.stream().filter(d -> d.from().equals(peer(1))).count());
    for (int number = 2; number <= HONEST; number++) {
      PeerId honest = peer(number);
      assertTrue(engine.score(honest) >= 0, "score of an honest peer");
      assertTrue(engine.mesh(TOPIC).contains(honest));
      assertEquals(published, fixture.host.receivers().stream().filter(honest::equals).count());
    }
    GossipSubStats stats = engine.stats();
    CacheParams bounds = CacheParams.defaults();
    assertTrue(stats.openPromises() <= bounds.maxPromises());
    assertTrue(stats.claims() <= bounds.maxClaimsPerPeer() + HONEST);
    assertTrue(stats.cachedMessages() <= bounds.maxCachedMessages());
    assertTrue(stats.topics() <= bounds.maxClaimsPerPeer() + 1);
  }

  @Test
  void shouldHoldOffPromisesOfMessagesThatDoNotExist() {
    underAttack(30, second -> fromAttacker(new GossipMessage.IHave(TOPIC, freshIds(256))));

    assertHeldOff();
    assertTrue(engine.stats().promisesRefused() > 0, "others can promise too");
    assertEquals(0, engine.stats().promisesEvicted());
  }

  @Test
  void shouldHoldOffEndlessRequestsForTheSameMessages() {
    underAttack(
        30,
        second ->
            fromAttacker(
                new GossipMessage.IWant(
                    TOPIC, IntStream.rangeClosed(1, 256).mapToObj(Fixture::id).toList())));

    assertHeldOff();
    assertTrue(engine.stats().iWantReplies() <= 5 * 256);
  }

  @Test
  void shouldHoldOffGraftsDuringTheBackoff() {
    engine.penalizeInvalid(ATTACKER);
    fixture.heartbeats(1);
    assertFalse(engine.mesh(TOPIC).contains(ATTACKER));
    underAttack(
        20,
        second -> {
          for (int time = 0; time < 10; time++) {
            fromAttacker(new GossipMessage.Graft(TOPIC));
          }
        });

    assertHeldOff();
  }

  @Test
  void shouldHoldOffAPeerThatComesAndGoesAllTheTime() {
    underAttack(
        20,
        second -> {
          for (int time = 0; time < 10; time++) {
            fromAttacker(new GossipMessage.Prune(TOPIC));
            fromAttacker(new GossipMessage.Graft(TOPIC));
          }
        });

    assertHeldOff();
  }

  @Test
  void shouldHoldOffInvalidMessages() {
    underAttack(5, second -> engine.receive(ATTACKER, message("", ++fresh, 10), fixture.nowNs));

    assertHeldOff();
  }

  @Test
  void shouldHoldOffEndlessTopics() {
    underAttack(
        30,
        second -> {
          for (int time = 0; time < 2000; time++) {
            fromAttacker(new GossipMessage.Graft("topic " + ++fresh));
          }
        });

    assertHeldOff();
    assertTrue(engine.stats().claimsRefused() > 0);
    assertTrue(engine.stats().graftsOverLimit() > 0);
  }

  @Test
  void shouldHoldOffFloodsOfEveryOtherKind() {
    underAttack(
        10,
        second -> {
          for (int time = 0; time < 2500; time++) {
            fromAttacker(new GossipMessage.Prune("topic"));
            fromAttacker(new GossipMessage.IDontWant(TOPIC, List.of(id(++fresh))));
            fromAttacker(new GossipMessage.IWant(TOPIC, List.of(id(++fresh))));
            fromAttacker(new GossipMessage.IHave("other topic", List.of(id(++fresh))));
          }
        });

    assertHeldOff();
    GossipSubStats stats = engine.stats();
    assertTrue(stats.prunesOverLimit() > 0 && stats.dontWantsOverLimit() > 0);
    assertTrue(stats.iWantsOverLimit() > 0 && stats.iHavesOverLimit() > 0);
  }

  @Test
  void shouldHoldOffAHundredNodesAtOneAddress() {
    for (int number = 100; number < 200; number++) {
      engine.addPeer(peer(number), new PeerTraits(false, false, "c6336401"), fixture.nowNs);
      engine.receive(peer(number), new GossipMessage.Graft(TOPIC), fixture.nowNs);
    }
    underAttack(2, second -> {});

    assertTrue(engine.isGraylisted(peer(150)));
    assertTrue(engine.mesh(TOPIC).stream().noneMatch(member -> member.compareTo(peer(100)) >= 0));
    assertEquals(published, fixture.host.deliveries.size());
  }

  @Test
  void shouldNotMistakeTheHabitsOfNativesForAnAttack() {
    underAttack(
        120,
        second -> {
          if (second % 2 == 0) {
            fromAttacker(new GossipMessage.Prune(TOPIC));
          }
          fromAttacker(new GossipMessage.IHave(TOPIC, List.of(id(published))));
          boolean onceASecond = published % MESSAGES_PER_SECOND == 0;
          for (int topic = 0; onceASecond && topic < 2000; topic++) {
            fromAttacker(new GossipMessage.Graft("foreign " + topic));
          }
          fromAttacker(new GossipMessage.Graft(TOPIC));
          engine.receive(ATTACKER, message(Math.max(1, published)), fixture.nowNs);
        });

    assertTrue(engine.score(ATTACKER) >= 0, "score " + engine.score(ATTACKER));
    assertTrue(engine.stats().breaches() <= 10, "breaches " + engine.stats().breaches());
    assertTrue(engine.stats().claimsRefused() > 0, "on more topics than there is room for");
  }
}
