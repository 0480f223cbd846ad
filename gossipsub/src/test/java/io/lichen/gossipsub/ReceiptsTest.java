// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.id;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.crypto.PeerId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to natives, which take points from members that do not send a message back. */
class ReceiptsTest {
  private static final PeerId NATIVE = peer(1);
  private static final PeerId OTHER = peer(2);

  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  @BeforeEach
  void subscribeWithANativeAndAnother() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(2).forEach(fixture::graft);
    for (int second = 0; second < 10; second++) {
      fixture.heartbeats(1);
      fixture.graft(NATIVE);
    }
    host.clear();
  }

  private void receive(PeerId from, PublishedMessage message) {
    engine.receive(from, message, fixture.nowNs);
  }

  private static List<GossipMessage> receipt(int message) {
    return List.of(new GossipMessage.Receipt(TOPIC, id(message)));
  }

  @Test
  void shouldAnswerANativeThatForwardsToUs() {
    receive(NATIVE, message(1));

    assertEquals(receipt(1), host.controlsTo(NATIVE));
  }

  @Test
  void shouldNotAnswerAPeerThatDoesNotRepeatItsGraft() {
    receive(OTHER, message(1));

    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldBlameForForgedIdsWhoeverIsNoNative() {
    engine.penalizeForged(NATIVE, TOPIC, id(1), fixture.nowNs);
    engine.penalizeForged(OTHER, TOPIC, id(1), fixture.nowNs);
    engine.penalizeForged(OTHER, "elsewhere", id(1), fixture.nowNs);
    assertEquals(0, engine.score(NATIVE), 1, "natives pass on what they get");
    assertEquals(-40, engine.score(OTHER), 1);
    engine.penalizeForged(NATIVE, "elsewhere", id(1), fixture.nowNs);
    assertEquals(-10, engine.score(NATIVE), 1, "it would not be on a topic in silence");
  }

  @Test
  void shouldCallNoPromiseBrokenThatANativeKeptWithAForgery() {
    engine.receive(NATIVE, new GossipMessage.IHave(TOPIC, List.of(id(1))), fixture.nowNs);
    assertEquals(1, engine.stats().openPromises());
    engine.penalizeForged(OTHER, TOPIC, id(1), fixture.nowNs);
    assertEquals(1, engine.stats().openPromises(), "the other one owes nothing");
    engine.penalizeForged(NATIVE, TOPIC, id(1), fixture.nowNs);

    assertEquals(0, engine.stats().openPromises());
    fixture.heartbeats(20);
    assertEquals(0, engine.stats().promisesBroken());
  }

  @Test
  void shouldNotAnswerThePublisherItself() {
    byte[] publisher = NATIVE.bytes();
    receive(NATIVE, new PublishedMessage(TOPIC, id(1), 1, publisher, new byte[9], new byte[9]));

    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldNotAnswerWhatWeAskedFor() {
    engine.receive(NATIVE, new GossipMessage.IHave(TOPIC, List.of(id(1))), fixture.nowNs);
    host.clear();
    receive(NATIVE, message(1));

    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldNotAnswerACopyFromAMemberThatGotTheMessageFromUs() {
    receive(OTHER, message(1));
    receive(NATIVE, message(1));

    assertEquals(List.of(NATIVE), host.receivers());
    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldAnswerACopyFromANativeOutsideOurMesh() {
    fixture.prune(NATIVE);
    receive(OTHER, message(1));
    host.clear();
    receive(NATIVE, message(1));

    assertEquals(receipt(1), host.controlsTo(NATIVE));
  }

  @Test
  void shouldSendAReceiptInPlaceOfAMessageThatANativeDoesNotWant() {
    engine.receive(NATIVE, new GossipMessage.IDontWant(TOPIC, List.of(id(1))), fixture.nowNs);
    receive(OTHER, message(1));

    assertEquals(List.of(), host.receivers());
    assertEquals(receipt(1), host.controlsTo(NATIVE));
  }

  @Test
  void shouldBoundThemPerHeartbeat() {
    for (int number = 1; number <= 3000; number++) {
      receive(NATIVE, message(number));
    }

    assertEquals(2048, host.controlsTo(NATIVE).size());
    assertEquals(3000 - 2048, engine.stats().receiptsOverLimit());
  }

  @Test
  void shouldTakeAReceiptForNothingElse() {
    receive(OTHER, new PublishedMessage(TOPIC, id(1), 0, new byte[0], new byte[0], new byte[9]));
    receive(OTHER, message(1));

    assertEquals(1, host.deliveries.size());
    assertEquals(1, engine.stats().receiptsReceived());
  }
}
