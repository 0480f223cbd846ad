// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.room.Room;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.inbound.InboundQueue;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Two honest nodes that talk to each other over real sockets on loopback, while strangers who speak
 * the wire do to one of them whatever a test wants.
 */
final class HostileScenario implements AutoCloseable {
  static final String CHANNEL = "news";
  static final double GRAYLIST = -10_000;

  /** Honest messages each way that follow an attack. */
  private static final int AFTERMATH = 10;

  private static final double DELIVERED_SHARE = 0.99;

  /** What the victim thinks of whom by itself, as of its last heartbeat. */
  final Map<PeerId, Double> scores = new ConcurrentHashMap<>();

  final TestNode victim;
  final TestNode friend;

  private final TransportOpener opener;
  private final TestNodes nodes;
  private final Room room = Room.of("room", null, new SecureRandom());
  private final List<RawPeer> strangers = new ArrayList<>();
  private int published;

  HostileScenario(TransportOpener opener) {
    this(opener, quickPlan(), plan());
  }

  /** A node whose heart beats fast, so that tests need not wait long for it. */
  static TestNodes.Plan quickPlan(String... moreConfig) {
    String beat = "\"gossipsub\":{\"heartbeat_ms\":400}";
    return plan().config(moreConfig.length == 0 ? beat : beat + "," + String.join(",", moreConfig));
  }

  HostileScenario(TransportOpener opener, TestNodes.Plan ofVictim, TestNodes.Plan ofFriend) {
    this.opener = opener;
    nodes = new TestNodes(opener);
    victim = nodes.started(ofVictim);
    friend = nodes.started(ofFriend);
    victim
        .node()
        .scoring(
            (peer, base) -> {
              scores.put(peer, base);
              return base;
            });
    victim.node().subscribe(CHANNEL);
    friend.node().subscribe(CHANNEL);
  }

  /** Has the friend dial the victim, and waits until each would get what the other publishes. */
  HostileScenario introduced() {
    friend.node().connect(victim.address());
    awaitTalk();
    return this;
  }

  /** Waits until each would get what the other publishes. */
  void awaitTalk() {
    for (TestNode node : List.of(victim, friend)) {
      await("there is somebody to talk to", () -> reaches(node));
    }
    talk();
    awaitDelivery(published);
  }

  private static boolean reaches(TestNode node) {
    try {
      return node.node().publish(CHANNEL, new byte[0]).peers() > 0;
    } catch (MossException e) {
      assertEquals(MossError.NO_PEERS, e.error());
      return false;
    }
  }

  /** A stranger with a session with the victim, closed at the end. */
  RawPeer stranger() {
    RawPeer stranger = new RawPeer(opener, victim);
    strangers.add(stranger);
    return stranger;
  }

  /** The channel's name on the wire. */
  String topic() {
    return room.topic(CHANNEL);
  }

  /** A payload as members of the room seal it. */
  byte[] seal(byte[] data) {
    return room.seal(data);
  }

  /** An envelope about the channel. */
  Envelope about(EnvelopeType type) {
    return Envelope.of(type).channel(topic()).build();
  }

  /** One act of an attack. */
  @FunctionalInterface
  interface Act {
    void run() throws InterruptedException;
  }

  /**
   * Attacks as long as it takes, while the honest talk, until the victim ignores these strangers.
   */
  void attackUntilIgnored(Act act, RawPeer... attackers) throws InterruptedException {
    long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!areIgnored(attackers)) {
      assertTrue(System.nanoTime() - deadlineNs < 0, "not graylisted: " + scoresOf(attackers));
      attack(act, attackers);
    }
    assertHeldOff();
  }

  /** Attacks so many times, while the honest talk. */
  void attackTimes(int times, Act act, RawPeer... attackers) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      attack(act, attackers);
    }
    assertHeldOff();
  }

  private void attack(Act act, RawPeer... attackers) throws InterruptedException {
    act.run();
    talk();
    for (RawPeer attacker : attackers) {
      // So the attack is as fast as the victim reads, and no faster.
      attacker.awaitRead();
    }
  }

  private boolean areIgnored(RawPeer... attackers) {
    for (RawPeer attacker : attackers) {
      if (scores.getOrDefault(attacker.identity.peerId(), 0.0) >= GRAYLIST) {
        return false;
      }
    }
    return true;
  }

  private String scoresOf(RawPeer... attackers) {
    return List.of(attackers).stream()
        .map(attacker -> String.valueOf(scores.get(attacker.identity.peerId())))
        .collect(Collectors.joining(" "));
  }

  /** One honest message each way. */
  void talk() {
    published++;
    byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(published).array();
    victim.node().publish(CHANNEL, number);
    friend.node().publish(CHANNEL, number);
  }

  /** What the honest said arrives, the victim's loop goes on, and its tables are within bounds. */
  void assertHeldOff() {
    for (int i = 0; i < AFTERMATH; i++) {
      talk();
    }
    awaitDelivery(published);
    double beats = victim.figure("heartbeats");
    await("the heart beats", () -> victim.figure("heartbeats") > beats);
    assertEquals(0, victim.figure("loop.faults"));
    assertAtMost(262_144, "gossip.size", "table", "seen_ids");
    assertAtMost(2 << 20, "gossip.size", "table", "cached_bytes");
    // A thousand claims of each peer.
    assertAtMost(1 + 1024 * (1 + strangers.size()), "gossip.size", "table", "topics");
    assertAtMost(KnownPeers.MAX_PEERS, "peers.known");
    assertAtMost(InboundQueue.MAX_BYTES, "inbound.bytes");
    assertTrue(scores.getOrDefault(friend.node().id(), 0.0) >= 0, "the friend is well thought of");
  }

  private void assertAtMost(double bound, String figure, String... tags) {
    double value = victim.figure(figure, tags);
    assertTrue(value <= bound, () -> figure + List.of(tags) + " is " + value);
  }

  private void awaitDelivery(int expected) {
    awaitDelivery(victim, friend, expected);
    awaitDelivery(friend, victim, expected);
  }

  private static void awaitDelivery(TestNode from, TestNode to, int expected) {
    await(
        "nearly all of " + expected + " messages came to " + to.node().id(),
        () -> heard(to, from.node().id()) >= Math.ceil(DELIVERED_SHARE * expected));
  }

  /** How many of the other's numbered messages a node has heard. */
  private static long heard(TestNode node, PeerId other) {
    return node.messages().stream()
        .filter(message -> other.equals(message.sender()) && message.data().length == 4)
        .map(message -> ByteBuffer.wrap(message.data()).getInt())
        .distinct()
        .count();
  }

  @Override
  public void close() {
    strangers.forEach(RawPeer::close);
    nodes.close();
  }
}
