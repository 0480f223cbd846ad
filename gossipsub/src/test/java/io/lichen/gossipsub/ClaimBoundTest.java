// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A peer that claims topic after topic. */
class ClaimBoundTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;

  private void claim(String topic) {
    engine.receive(peer(1), new GossipMessage.Graft(topic), fixture.nowNs);
  }

  @Test
  void shouldKeepTheFirstTopicsOfAPeerThatIsOnTooMany() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(1).forEach(fixture::graft);
    for (int topic = 1; topic <= 1500; topic++) {
      claim("topic-" + topic);
    }

    assertEquals(1024, engine.stats().claims());
    assertEquals(1501 - 1024, engine.stats().claimsRefused());
    assertEquals(1, engine.publishTargets("topic-1"));
    assertEquals(0, engine.publishTargets("topic-1500"));
  }

  @Test
  void shouldForgetTheForeignClaimNotRepeatedLongestForAnOwnTopicOrWhenItIsStale() {
    fixture.connect(1);
    for (int topic = 1; topic <= 1024; topic++) {
      claim("topic-" + topic);
    }
    claim("topic-1");
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.graft(peer(1));
    assertEquals(1, engine.publishTargets(TOPIC), "an own topic has room");
    assertEquals(1, engine.publishTargets("topic-1"), "a repeated claim is kept");
    assertEquals(0, engine.publishTargets("topic-2"));

    fixture.heartbeats(150);
    claim("topic-1");
    claim("topic-1500");
    assertEquals(1, engine.publishTargets("topic-1500"));
    assertEquals(0, engine.publishTargets("topic-3"));
    assertEquals(2, engine.stats().claimsEvicted());
  }

  @Test
  void shouldForgetTopicsThatNobodyIsOn() {
    fixture.connect(1);
    for (int topic = 0; topic < 100; topic++) {
      claim("topic-" + topic);
    }
    engine.removePeer(peer(1));

    assertEquals(0, engine.stats().topics());
  }

  @Test
  void shouldIgnoreEmptyAndOverlongTopics() {
    fixture.connect(1);
    claim("");
    claim("x".repeat(257));

    assertEquals(0, engine.stats().claims());
    assertEquals(2, engine.stats().malformed());
    assertTrue(fixture.host.controls.isEmpty());
  }
}
