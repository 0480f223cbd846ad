// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.SECOND;
import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.id;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** IHAVE, IWANT and IDONTWANT, in good use and as attacks. */
class GossipExchangeTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  @BeforeEach
  void subscribeWithThreePeers() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(3).forEach(fixture::graft);
    host.clear();
  }

  private void iHave(int from, List<String> ids) {
    engine.receive(peer(from), new GossipMessage.IHave(TOPIC, ids), fixture.nowNs);
  }

  private void iWant(int from, List<String> ids) {
    engine.receive(peer(from), new GossipMessage.IWant(TOPIC, ids), fixture.nowNs);
  }

  private static List<String> ids(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Fixture::id).toList();
  }

  private List<List<String>> wantedFrom(int peer) {
    List<List<String>> wanted = new ArrayList<>();
    for (GossipMessage control : host.controlsTo(peer(peer))) {
      if (control instanceof GossipMessage.IWant want) {
        wanted.add(want.messageIds());
      }
    }
    return wanted;
  }

  @Test
  void shouldAskForMissingMessagesOnceEach() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    iHave(2, List.of(id(1), id(2), id(3), id(2)));

    assertEquals(List.of(List.of(id(2), id(3))), wantedFrom(2));
  }

  @Test
  void shouldStaySilentWhenNothingIsMissing() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    host.clear();
    iHave(2, List.of(id(1)));
    iHave(2, List.of());

    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldNotAskForMessagesOfForeignTopics() {
    engine.receive(peer(1), new GossipMessage.IHave("other", List.of(id(1))), fixture.nowNs);

    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldNotAskASecondPeerWhileTheFirstMayAnswer() {
    iHave(1, List.of(id(1)));
    iHave(2, List.of(id(1)));

    assertEquals(List.of(), wantedFrom(2));
  }

  @Test
  void shouldAskAnotherPeerWhenTheFirstDoesNotAnswer() {
    iHave(1, List.of(id(1)));
    iHave(2, List.of(id(1)));
    host.clear();
    fixture.heartbeats(2);

    assertEquals(List.of(List.of(id(1))), wantedFrom(2));
  }

  @Test
  void shouldGiveUpAfterSomeAttemptsAndCountIt() {
    iHave(1, List.of(id(1)));
    fixture.heartbeats(20);

    assertEquals(5, wantedFrom(1).size());
    assertEquals(1, engine.stats().promisesBroken());
    assertEquals(0, engine.stats().openPromises());
  }

  @Test
  void shouldNotAskAgainForWhatCame() {
    iHave(1, List.of(id(1)));
    engine.receive(peer(3), message(1), fixture.nowNs);
    host.clear();
    fixture.heartbeats(5);

    assertEquals(List.of(), wantedFrom(1));
    assertEquals(0, engine.stats().promisesBroken());
  }

  @Test
  void shouldLookAtNoMoreThan256IdsOfAMessage() {
    iHave(1, ids(1, 300));

    assertEquals(List.of(ids(1, 256)), wantedFrom(1));
    assertEquals(44, engine.stats().iHaveIdsOverLimit());
  }

  @Test
  void shouldStopListeningToAPeerThatSpamsIHave() {
    for (int batch = 0; batch < 30; batch++) {
      iHave(1, ids(1 + 256 * batch, 256));
    }

    assertEquals(4, wantedFrom(1).size(), "1024 promises of one peer may be open");
    assertEquals(16 * 256, engine.stats().promisesRefused());
    assertEquals(10 * 256, engine.stats().iHaveIdsOverLimit());
  }

  @Test
  void shouldListenAgainAfterTheHeartbeat() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    for (int batch = 0; batch < 20; batch++) {
      iHave(1, Collections.nCopies(256, id(1)));
    }
    iHave(1, ids(100, 10));
    assertEquals(List.of(), wantedFrom(1));

    fixture.heartbeats(1);
    iHave(1, ids(100, 10));
    assertEquals(List.of(ids(100, 10)), wantedFrom(1));
  }

  @Test
  void shouldKeepOpenPromisesBounded() {
    for (int from = 1; from <= 5; from++) {
      if (from > 3) {
        engine.addPeer(peer(from), false, fixture.nowNs);
      }
      for (int batch = 0; batch < 20; batch++) {
        iHave(from, ids(1 + 256 * (20 * from + batch), 256));
      }
    }

    assertEquals(4096, engine.stats().openPromises());
    assertEquals(5 * 1024 - 4096, engine.stats().promisesEvicted());
  }

  @Test
  void shouldAnswerIWantFromTheCache() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    host.clear();
    iWant(2, List.of(id(1), id(9), id(1)));

    assertEquals(List.of(peer(2)), host.receivers());
    assertEquals(1, engine.stats().iWantReplies());
  }

  @Test
  void shouldAnswerIWantForOwnMessageOnForeignTopic() {
    engine.publish(message("other", 1, 10), fixture.nowNs);
    iWant(2, List.of(id(1)));

    assertEquals(List.of(peer(2)), host.receivers());
  }

  @Test
  void shouldNotAnswerTheSameIWantForEver() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    host.clear();
    for (int round = 0; round < 20; round++) {
      iWant(2, List.of(id(1)));
    }

    assertEquals(Collections.nCopies(5, peer(2)), host.receivers());
    assertEquals(15, engine.stats().iWantIdsOverLimit());
  }

  @Test
  void shouldNotSendByIWantWhatThePeerDoesNotWant() {
    engine.receive(peer(1), message(1), fixture.nowNs);
    host.clear();
    engine.receive(peer(2), new GossipMessage.IDontWant(TOPIC, List.of(id(1))), fixture.nowNs);
    iWant(2, List.of(id(1)));

    assertEquals(List.of(), host.copies);
  }

  @Test
  void shouldForgetTheOldestOfManyDontWants() {
    for (int batch = 0; batch < 5; batch++) {
      engine.receive(
          peer(2), new GossipMessage.IDontWant(TOPIC, ids(1 + 256 * batch, 256)), fixture.nowNs);
    }
    assertEquals(256, engine.stats().dontWantEvicted());
    engine.receive(peer(1), message(1), fixture.nowNs);
    engine.receive(peer(1), message(1000), fixture.nowNs);

    assertEquals(List.of(peer(2), peer(3), peer(3)), host.receivers());
  }

  @Test
  void shouldIgnoreGossipOfAPeerBelowTheThreshold() {
    engine.penalizeInvalid(peer(1));
    iHave(1, List.of(id(1)));
    assertEquals(1, wantedFrom(1).size(), "exactly -10 is on the good side");

    engine.penalizeInvalid(peer(1));
    host.clear();
    iHave(1, List.of(id(2)));
    iWant(1, List.of(id(1)));
    fixture.nowNs += SECOND;
    assertTrue(host.controls.isEmpty() && host.copies.isEmpty());
  }

  private void silence(int peer) {
    engine.penalizeInvalid(peer(peer));
    engine.penalizeInvalid(peer(peer));
    fixture.heartbeats(1);
    host.clear();
  }

  @Test
  void shouldCountWhatASilencedPeerOffersAndNobodyBrings() {
    silence(1);
    double before = engine.score(peer(1));
    iHave(1, ids(1, 200));
    for (int number = 1; number <= 200; number++) {
      engine.receive(peer(2), message(number), fixture.nowNs);
    }
    fixture.heartbeats(5);
    assertEquals(0, engine.stats().breaches(), "what somebody brings exists");

    for (int second = 0; second < 10; second++) {
      iHave(1, ids(1000 * (second + 1), 250));
      fixture.heartbeats(1);
    }
    assertTrue(engine.stats().breaches() >= 20, () -> "breaches " + engine.stats().breaches());
    assertTrue(engine.score(peer(1)) < before);
    assertEquals(List.of(), wantedFrom(1));
  }

  @Test
  void shouldAskAnotherPeerAtOnceForWhatOnlyASilencedOneOffered() {
    silence(1);
    iHave(1, List.of(id(1)));
    iHave(2, List.of(id(1)));

    assertEquals(List.of(List.of(id(1))), wantedFrom(2));
    assertEquals(1, engine.stats().openPromises());
  }

  @Test
  void shouldCountWhatASilencedPeerAsksForTooOften() {
    for (int number = 1; number <= 200; number++) {
      engine.receive(peer(2), message(number), fixture.nowNs);
    }
    silence(1);
    for (int time = 0; time < 20; time++) {
      iWant(1, ids(1, 200));
    }
    fixture.heartbeats(1);

    assertTrue(engine.isGraylisted(peer(1)), () -> "score " + engine.score(peer(1)));
    assertEquals(List.of(), host.receivers().stream().filter(peer(1)::equals).toList());
  }

  @Test
  void shouldIgnoreIdsThatAreEmptyOrAbsurdlyLong() {
    iHave(1, List.of("", "x".repeat(257)));

    assertEquals(List.of(), host.controls);
  }
}
