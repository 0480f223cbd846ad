// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.id;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a topic's validator says, at once or later. */
class ValidationTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;
  private Verdict answer = Verdict.ACCEPT;
  private int asked;

  @BeforeEach
  void subscribeWithTwoMembers() {
    engine.subscribe(
        TOPIC,
        (message, from) -> {
          asked++;
          return answer;
        },
        fixture.nowNs);
    fixture.connect(2).forEach(fixture::graft);
    host.clear();
  }

  private void receive(int from, int number) {
    engine.receive(peer(from), message(number), fixture.nowNs);
  }

  @Test
  void shouldDeliverAndForwardWhatIsAccepted() {
    receive(1, 1);

    assertEquals(1, host.deliveries.size());
    assertEquals(List.of(peer(2)), host.receivers());
    assertEquals(0.66, engine.score(peer(1)), 1e-9);
  }

  @Test
  void shouldPunishWhoBringsWhatIsRejected() {
    answer = Verdict.REJECT;
    receive(1, 1);

    assertTrue(host.deliveries.isEmpty() && host.copies.isEmpty());
    assertEquals(-10, engine.score(peer(1)));
    assertEquals(1, engine.stats().rejected());
  }

  @Test
  void shouldBlameNobodyForWhatIsIgnored() {
    answer = Verdict.IGNORE;
    receive(1, 1);
    receive(2, 1);

    assertTrue(host.deliveries.isEmpty() && host.copies.isEmpty());
    assertEquals(0, engine.score(peer(1)));
    assertEquals(1, engine.stats().ignored());
    assertEquals(1, asked, "the copy is not asked about");
  }

  @Test
  void shouldNotOfferOrResendWhatIsNotAccepted() {
    answer = Verdict.IGNORE;
    receive(1, 1);
    fixture.heartbeats(2);
    engine.receive(peer(2), new GossipMessage.IWant(TOPIC, List.of(id(1))), fixture.nowNs);

    assertTrue(host.copies.isEmpty());
    assertTrue(host.controls.stream().noneMatch(c -> c.message() instanceof GossipMessage.IHave));
  }

  @Test
  void shouldWaitForALaterVerdict() {
    answer = Verdict.LATER;
    receive(1, 1);
    receive(2, 1);
    assertTrue(host.deliveries.isEmpty() && host.copies.isEmpty());
    assertEquals(1, engine.stats().pendingVerdicts());

    assertTrue(engine.verdict(id(1), Verdict.ACCEPT, fixture.nowNs));
    assertEquals(1, host.deliveries.size());
    assertEquals(peer(1), host.deliveries.getFirst().from());
    assertEquals(List.of(peer(2)), host.receivers());
    assertFalse(engine.verdict(id(1), Verdict.ACCEPT, fixture.nowNs), "only once");
    assertEquals(0, engine.stats().pendingVerdicts());
  }

  @Test
  void shouldPunishAPeerThatIsGoneByTheTimeOfTheVerdict() {
    answer = Verdict.LATER;
    receive(1, 1);
    engine.removePeer(peer(1));
    engine.verdict(id(1), Verdict.REJECT, fixture.nowNs);

    assertEquals(-10, engine.score(peer(1)));
  }

  @Test
  void shouldDropWhatIsAcceptedAfterTheTopicWasLeft() {
    answer = Verdict.LATER;
    receive(1, 1);
    engine.unsubscribe(TOPIC, fixture.nowNs);

    assertTrue(engine.verdict(id(1), Verdict.ACCEPT, fixture.nowNs));
    assertTrue(host.deliveries.isEmpty() && host.copies.isEmpty());
  }

  @Test
  void shouldIgnoreTheOldestWhenTooManyWait() {
    answer = Verdict.LATER;
    for (int number = 1; number <= 1030; number++) {
      receive(1, number);
    }

    assertEquals(1024, engine.stats().pendingVerdicts());
    assertEquals(6, engine.stats().verdictsEvicted());
    assertFalse(engine.verdict(id(6), Verdict.ACCEPT, fixture.nowNs));
    assertTrue(engine.verdict(id(7), Verdict.ACCEPT, fixture.nowNs));
  }

  @Test
  void shouldSurviveAValidatorThatThrows() {
    engine.unsubscribe(TOPIC, fixture.nowNs);
    engine.subscribe(
        TOPIC,
        (message, from) -> {
          throw new IllegalStateException("broken");
        },
        fixture.nowNs);
    receive(1, 1);

    assertTrue(host.deliveries.isEmpty());
    assertEquals(1, engine.stats().validatorFailures());
  }

  @Test
  void shouldRefuseAVerdictThatIsNone() {
    assertThrows(
        IllegalArgumentException.class, () -> engine.verdict(id(1), Verdict.LATER, fixture.nowNs));
  }
}
