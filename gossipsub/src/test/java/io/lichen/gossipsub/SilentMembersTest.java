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

/**
 * Peer 1 brings all messages and is not under test itself; peer 2 is a member that has brought
 * nothing so far.
 */
class SilentMembersTest {
  private static final int TEST_AFTER = 64;
  private static final int MESSAGES = 8;

  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;
  private int published;

  @BeforeEach
  void meet() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(2).forEach(fixture::graft);
    fixture.heartbeats(10);
  }

  private void publish(int count, int payloadBytes) {
    for (int number = 0; number < count; number++) {
      engine.receive(peer(1), message(TOPIC, ++published, payloadBytes), fixture.nowNs);
    }
  }

  /** Lets peer 2 become due, and the test begin. */
  private void beginTest() {
    publish(TEST_AFTER, 100);
    assertEquals(TEST_AFTER, sentToMember());
    fixture.heartbeats(1);
    host.clear();
    assertEquals(1, engine.stats().membersTested());
  }

  /** Time for answers, in which peer 2 is heard of. */
  private void wait(int seconds) {
    for (int second = 0; second < seconds; second++) {
      fixture.heartbeats(1);
      fixture.graft(peer(2));
    }
    fixture.heartbeats(1);
  }

  private long sentToMember() {
    return host.receivers().stream().filter(peer(2)::equals).count();
  }

  @Test
  void shouldOfferInsteadOfSendUnderTest() {
    beginTest();
    publish(MESSAGES + 1, 100);

    for (int number = TEST_AFTER + 1; number <= TEST_AFTER + MESSAGES; number++) {
      assertTrue(
          host.controlsTo(peer(2)).contains(new GossipMessage.IHave(TOPIC, List.of(id(number)))));
    }
    assertEquals(1, sentToMember(), "eight messages are enough");
  }

  @Test
  void shouldGraylistAMemberThatNeitherAsksNorBrings() {
    beginTest();
    publish(MESSAGES, 100);
    wait(6);

    assertTrue(engine.isGraylisted(peer(2)), () -> "score " + engine.score(peer(2)));
    assertFalse(engine.mesh(TOPIC).contains(peer(2)));
    assertEquals(1, engine.stats().membersSilent());
  }

  @Test
  void shouldKeepALeafThatAsks() {
    beginTest();
    publish(MESSAGES, 100);
    for (int number = TEST_AFTER + 1; number <= TEST_AFTER + MESSAGES; number++) {
      engine.receive(peer(2), new GossipMessage.IWant(TOPIC, List.of(id(number))), fixture.nowNs);
    }
    wait(6);

    assertEquals(MESSAGES, sentToMember());
    assertTrue(engine.mesh(TOPIC).contains(peer(2)));
    publish(2 * TEST_AFTER - 1, 100);
    fixture.heartbeats(1);
    assertEquals(1, engine.stats().membersTested(), "trusted for twice as long");
    publish(1, 100);
    fixture.heartbeats(1);
    assertEquals(2, engine.stats().membersTested());
  }

  @Test
  void shouldKeepAMemberThatBringsACopy() {
    beginTest();
    publish(MESSAGES, 100);
    fixture.graft(peer(2));
    fixture.heartbeats(1);
    fixture.graft(peer(2));
    engine.receive(peer(2), message(published), fixture.nowNs);
    wait(6);

    assertTrue(engine.mesh(TOPIC).contains(peer(2)));
    assertEquals(0, engine.stats().breaches());
    assertTrue(
        host.controlsTo(peer(2)).contains(new GossipMessage.Receipt(TOPIC, id(published))),
        "a native expects the message from us");
  }

  @Test
  void shouldNotTestWhoBringsMessagesNowAndThen() {
    for (int round = 0; round < 10; round++) {
      publish(TEST_AFTER - 1, 100);
      engine.receive(peer(2), message(published), fixture.nowNs);
      fixture.heartbeats(1);
    }

    assertEquals(0, engine.stats().membersTested());
  }

  @Test
  void shouldSayNothingAgainstLargeMessagesUnderTest() {
    beginTest();
    publish(MESSAGES, 3000);

    assertTrue(
        host.controlsTo(peer(2)).stream().noneMatch(GossipMessage.IDontWant.class::isInstance),
        "whom we told not to send it would not");
  }

  @Test
  void shouldAskWhetherTheMemberHasUsInItsMesh() {
    beginTest();
    publish(1, 100);
    fixture.heartbeats(1);
    assertTrue(host.controlsTo(peer(2)).contains(new GossipMessage.Graft(TOPIC)));
    fixture.prune(peer(2));
    publish(MESSAGES, 100);
    wait(6);

    assertEquals(0, engine.stats().membersSilent());
  }

  @Test
  void shouldNotBlameAPeerThatIsNotHeardOf() {
    beginTest();
    publish(MESSAGES, 100);
    fixture.heartbeats(60);
    assertEquals(0, engine.stats().membersSilent());

    fixture.heartbeats(10);
    assertEquals(1, engine.stats().membersSilent(), "announcements are not that rare");
  }

  @Test
  void shouldNeverTestDirectPeersNorUnderTheProfileOfTheNatives() {
    engine.removePeer(peer(2));
    engine.addPeer(peer(2), new PeerTraits(false, true, null), fixture.nowNs);
    fixture.graft(peer(2));
    fixture.heartbeats(10);
    publish(2 * TEST_AFTER, 100);
    fixture.heartbeats(1);

    assertEquals(0, engine.stats().membersTested());
    assertEquals(0, GossipSubParams.moss0819().score().behaviour().testAfter());
  }
}
