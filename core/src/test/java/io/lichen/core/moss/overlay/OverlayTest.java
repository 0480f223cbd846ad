// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import static io.lichen.core.moss.overlay.OverlayWorld.SECOND_NS;
import static io.lichen.core.moss.overlay.OverlayWorld.peer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.overlay.OverlayWorld.Node;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The overlay among a handful of nodes. */
class OverlayTest {
  private final OverlayWorld world = new OverlayWorld();
  private final Node hub = world.add(0);
  private final Node alice = world.add(1);
  private final Node bob = world.add(2);

  @Test
  void shouldFindWhoIsOnATopicThroughANodeThatIsNot() {
    alice.dial(hub);
    bob.dial(hub);
    alice.topics.add("t");
    world.run(2);
    bob.topics.add("t");
    world.run(1);

    assertEquals(List.of(alice.id), bob.foundProviders());
    OverlayWorld.Found found = bob.found.getFirst();
    assertEquals("t", found.topic());
    assertEquals(hub.id, found.source());
    assertEquals(
        new ReachabilityHint(List.of(OverlayWorld.address(alice.id)), "unknown"), found.hint());
  }

  @Test
  void shouldPublishAtOnceWhatIsSubscribedLateAndToWhoeverJoinsLate() {
    alice.dial(hub);
    world.run(10);
    alice.topics.add("t");
    world.run(1);
    assertEquals(1, hub.received(EnvelopeType.OV_STORE).stream().filter(this::isOnT).count());

    Node late = world.add(3);
    alice.dial(late);
    world.run(4);
    assertEquals(1, late.received(EnvelopeType.OV_STORE).stream().filter(this::isOnT).count());
  }

  @Test
  void shouldRenewItsRecordsAndLetThoseOfTheGoneGo() {
    alice.dial(hub);
    bob.dial(hub);
    alice.topics.add("t");
    world.run(200);
    bob.topics.add("t");
    world.run(1);
    assertEquals(List.of(alice.id), bob.foundProviders(), "after more than twice a record's life");

    bob.found.clear();
    alice.silent = true;
    alice.topics.clear();
    world.run(130);
    bob.found.clear();
    world.run(20);
    assertEquals(List.of(), bob.foundProviders());
  }

  @Test
  void shouldSearchOnlyWhereItIsLonelyAndNotAllTheTime() {
    alice.dial(hub);
    alice.lonely = false;
    alice.topics.add("t");
    world.run(20);
    assertEquals(List.of(), hub.received(EnvelopeType.OV_FIND_VALUE));

    alice.lonely = true;
    world.run(60);
    assertEquals(4, hub.received(EnvelopeType.OV_FIND_VALUE).size());
  }

  @Test
  void shouldAskOnWhenThoseAskedDoNotAnswer() {
    List<Node> deaf = Stream.of(10, 11, 12).map(world::add).toList();
    deaf.forEach(alice::dial);
    deaf.forEach(node -> node.silent = true);
    hub.links.add(alice.id);
    alice.links.add(hub.id); // not known to be dialable, so it is asked last
    bob.dial(hub);
    bob.topics.add("t");
    world.run(3);
    alice.topics.add("t");
    world.run(1);
    assertEquals(List.of(), alice.foundProviders());

    world.run(5);

    assertEquals(List.of(bob.id), alice.foundProviders());
    assertEquals(3, alice.overlay.stats().timeouts());
  }

  @Test
  void shouldNotStopAtTheFirstWhoNamesProviders() {
    Node liar = world.add(4);
    alice.dial(hub);
    alice.dial(liar);
    bob.dial(hub);
    bob.topics.add("t");
    Node friend = world.add(5);
    friend.dial(liar);
    friend.topics.add("t");
    world.run(3);
    alice.topics.add("t");
    world.run(1);

    assertTrue(alice.foundProviders().containsAll(List.of(bob.id, friend.id)));
  }

  @Test
  void shouldTakeAnswersOnlyFromWhomItAskedAndOnlyOnce() {
    String requestId = asked();
    Envelope answer = answer(requestId, new OverlayProvider(peer(9).bytes(), new byte[0]));

    alice.overlay.receive(bob.id, EnvelopeType.OV_VALUES, answer, world.nowNs);
    alice.overlay.receive(hub.id, EnvelopeType.OV_VALUES, answer("0".repeat(32)), world.nowNs);
    assertEquals(List.of(), alice.foundProviders());
    assertEquals(2, alice.overlay.stats().refused());

    alice.overlay.receive(hub.id, EnvelopeType.OV_VALUES, answer, world.nowNs);
    assertEquals(List.of(peer(9)), alice.foundProviders());
    alice.overlay.receive(hub.id, EnvelopeType.OV_VALUES, answer, world.nowNs);
    assertEquals(3, alice.overlay.stats().refused());
  }

  @Test
  void shouldLeaveOutItselfAndWhatIsNoProvider() {
    Envelope answer =
        answer(
            asked(),
            new OverlayProvider(alice.id.bytes(), new byte[0]),
            new OverlayProvider(null, new byte[0]),
            new OverlayProvider(new byte[31], new byte[0]),
            new OverlayProvider(peer(8).bytes(), new byte[Overlay.MAX_RECORD_BYTES + 1]),
            new OverlayProvider(peer(9).bytes(), new byte[] {'?'}),
            new OverlayProvider(peer(9).bytes(), new byte[0]));

    alice.overlay.receive(hub.id, EnvelopeType.OV_VALUES, answer, world.nowNs);

    assertEquals(List.of(peer(9)), alice.foundProviders());
    assertEquals(new ReachabilityHint(List.of(), ""), alice.found.getFirst().hint());
  }

  /** Has alice ask the hub, which says nothing; the request id. */
  private String asked() {
    alice.dial(hub);
    hub.silent = true;
    alice.topics.add("t");
    world.run(1);
    return hub.received(EnvelopeType.OV_FIND_VALUE).getFirst().requestId();
  }

  private static Envelope answer(String requestId, OverlayProvider... providers) {
    return Envelope.of(EnvelopeType.OV_VALUES)
        .requestId(requestId)
        .overlayProviders(List.of(providers))
        .build();
  }

  @Test
  void shouldNameTheNearestThatCanBeDialled() {
    for (int i = 0; i < 40; i++) {
      hub.overlay.dialable(peer(100 + i), "203.0.113.9:" + (2000 + i));
    }
    alice.dial(hub);
    byte[] key = OverlayKey.ofTopic("x").octets();
    alice.send(
        hub.id, Envelope.of(EnvelopeType.OV_FIND_NODE).requestId("r").overlayKey(key).build());
    world.deliver();

    Envelope nodes = alice.received(EnvelopeType.OV_NODES).getFirst();
    assertEquals("r", nodes.requestId());
    assertEquals(RoutingTable.K, nodes.overlayContacts().size());
    PeerId nearest =
        Stream.iterate(100, i -> i < 140, i -> i + 1)
            .map(OverlayWorld::peer)
            .min(
                java.util.Comparator.comparing(
                    (PeerId p) -> OverlayKey.of(p), OverlayKey.of(key).byDistance()))
            .orElseThrow();
    assertArrayEquals(nearest.bytes(), nodes.overlayContacts().getFirst().id());
  }

  @Test
  void shouldIgnoreWrongKeysAndLongRecords() {
    byte[] key = OverlayKey.ofTopic("x").octets();
    for (EnvelopeType type :
        List.of(EnvelopeType.OV_FIND_NODE, EnvelopeType.OV_FIND_VALUE, EnvelopeType.OV_STORE)) {
      hub.overlay.receive(
          alice.id, type, Envelope.of(type).overlayKey(new byte[31]).build(), world.nowNs);
    }
    hub.overlay.receive(
        alice.id,
        EnvelopeType.OV_STORE,
        Envelope.of(EnvelopeType.OV_STORE)
            .overlayKey(key)
            .payload(new byte[Overlay.MAX_RECORD_BYTES + 1])
            .build(),
        world.nowNs);

    assertEquals(4, hub.overlay.stats().refused());
    assertEquals(0, hub.overlay.stats().records());
  }

  @Test
  void shouldStayWithinItsBoundsWhateverItIsSent() {
    ProviderStore.Limits limits = ProviderStore.Limits.defaults();
    for (int peer = 0; peer < 40; peer++) {
      for (int i = 0; i < 400; i++) {
        byte[] key = OverlayKey.ofTopic(peer + "/" + i).octets();
        hub.overlay.receive(
            peer(peer),
            EnvelopeType.OV_STORE,
            Envelope.of(EnvelopeType.OV_STORE).overlayKey(key).build(),
            world.nowNs);
      }
    }

    assertEquals(limits.maxRecords(), hub.overlay.stats().records());
    assertEquals(40 * 400 - limits.maxRecords(), hub.overlay.stats().recordsEvicted());
  }

  @Test
  void shouldFindCompanyAmongManyTopicsAndMembers() {
    List<Node> members = Stream.iterate(20, i -> i < 50, i -> i + 1).map(world::add).toList();
    for (Node member : members) {
      member.dial(hub);
      member.topics.add("t" + member.id.hashCode() % 5);
    }
    world.run(20);

    for (Node member : members) {
      long others =
          members.stream().filter(m -> m != member && m.topics.equals(member.topics)).count();
      assertEquals(others, member.foundProviders().stream().distinct().count());
    }
    assertTrue(world.nowNs >= 20 * SECOND_NS);
  }

  private boolean isOnT(Envelope store) {
    return OverlayKey.ofTopic("t").equals(OverlayKey.of(store.overlayKey()));
  }
}
