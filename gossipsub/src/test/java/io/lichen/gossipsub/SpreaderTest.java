// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.message;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Publishing, receiving and forwarding. */
class SpreaderTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  private void subscribeWith(int peers) {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(peers).forEach(fixture::graft);
    fixture.heartbeats(6);
    host.clear();
  }

  @Test
  void shouldDropSecondCopyOfSameMessage() {
    subscribeWith(2);
    engine.receive(peer(1), message(7), fixture.nowNs);
    engine.receive(peer(2), message(7), fixture.nowNs);

    assertEquals(1, host.deliveries.size());
    assertEquals(1, engine.stats().duplicates());
  }

  @Test
  void shouldForwardToTheMeshButNotBackToTheSender() {
    subscribeWith(3);
    engine.receive(peer(2), message(7), fixture.nowNs);

    assertEquals(List.of(peer(1), peer(3)), host.receivers());
  }

  @Test
  void shouldNotForwardToThePublisherItself() {
    subscribeWith(3);
    byte[] publisher = peer(3).bytes();
    PublishedMessage message =
        new PublishedMessage(TOPIC, Fixture.id(7), 7, publisher, new byte[9], new byte[9]);
    engine.receive(peer(2), message, fixture.nowNs);

    assertEquals(List.of(peer(1)), host.receivers());
  }

  @Test
  void shouldNeitherDeliverNorForwardForeignTopic() {
    subscribeWith(2);
    engine.receive(peer(1), message("other", 7, 10), fixture.nowNs);

    assertEquals(List.of(), host.deliveries);
    assertEquals(List.of(), host.copies);
    assertEquals(1, engine.stats().notSubscribed());
  }

  @Test
  void shouldDeliverCopyThatComesAfterSubscribing() {
    fixture.connect(1);
    engine.receive(peer(1), message(7), fixture.nowNs);
    engine.subscribe(TOPIC, fixture.nowNs);
    engine.receive(peer(1), message(7), fixture.nowNs);

    assertEquals(1, host.deliveries.size());
  }

  @Test
  void shouldNotDeliverOwnMessageThatComesBack() {
    subscribeWith(1);
    assertEquals(1, engine.publish(message(7), fixture.nowNs));
    engine.receive(peer(1), message(7), fixture.nowNs);

    assertEquals(List.of(), host.deliveries);
  }

  @Test
  void shouldCountOnlySessionsThatTookThePublish() {
    subscribeWith(3);
    host.full.add(peer(2));

    assertEquals(2, engine.publish(message(7), fixture.nowNs));
    assertEquals(
        List.of(new GossipMessage.IHave(TOPIC, List.of(message(7).messageId()))),
        host.controlsTo(peer(2)));
  }

  @Test
  void shouldReturnZeroWhenNobodyIsOnTheTopic() {
    fixture.connect(3);

    assertEquals(0, engine.publishTargets(TOPIC));
    assertEquals(0, engine.publish(message(7), fixture.nowNs));
  }

  @Test
  void shouldSayDontWantBeforeForwardingLargePayload() {
    subscribeWith(2);
    PublishedMessage large = message(TOPIC, 7, 1025);
    engine.receive(peer(1), large, fixture.nowNs);

    assertEquals(List.of(), host.controlsTo(peer(1)));
    assertEquals(
        List.of(new GossipMessage.IDontWant(TOPIC, List.of(large.messageId()))),
        host.controlsTo(peer(2)));
  }

  @Test
  void shouldNotSayDontWantForPayloadAtTheThreshold() {
    subscribeWith(2);
    engine.receive(peer(1), message(TOPIC, 7, 1024), fixture.nowNs);

    assertEquals(List.of(), host.controls);
  }

  @Test
  void shouldNotForwardWhatAPeerDoesNotWant() {
    subscribeWith(3);
    engine.receive(
        peer(3), new GossipMessage.IDontWant(TOPIC, List.of(Fixture.id(7))), fixture.nowNs);
    engine.receive(peer(1), message(7), fixture.nowNs);

    assertEquals(List.of(peer(2)), host.receivers());
    assertEquals(1, engine.stats().dontWantHonoured());
  }

  @Test
  void shouldIgnoreWhatComesFromUnknownPeers() {
    subscribeWith(1);
    engine.receive(peer(9), message(7), fixture.nowNs);
    fixture.graft(peer(9));

    assertEquals(List.of(), host.deliveries);
    assertEquals(2, engine.stats().fromUnknownPeer());
  }

  @Test
  void shouldPenalizeMessageWithoutTopicOrId() {
    subscribeWith(1);
    double before = engine.score(peer(1));
    engine.receive(peer(1), message("", 7, 10), fixture.nowNs);

    assertEquals(before - 10, engine.score(peer(1)), 1e-9);
    assertEquals(List.of(), host.deliveries);
  }
}
