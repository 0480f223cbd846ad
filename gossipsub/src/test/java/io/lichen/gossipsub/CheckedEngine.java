// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An engine that gets random inputs, and checks on all that it does. */
final class CheckedEngine implements GossipSubHost {
  static final GossipSubParams PARAMS =
      new GossipSubParams(
          new MeshParams(3, 2, 5, 1, 2, 1000, 10_000, 10_000, 4, false),
          new GossipParams(true, true, true, 0.25, 3, 4, 8, 16, 16, 2, 2, 1024, 2, 4, false),
          new CacheParams(120_000, 1024, 6, 2000, 3, 3, 4, 5, 3, 2),
          ScoreParams.defaults(),
          new RateParams(8, 8, 8, 8, 8, 2, 8));

  private final GossipSub engine = new GossipSub(PARAMS, new SplittableRandom(1), this);
  private final Set<PeerId> connected = new HashSet<>();
  private final Set<PeerId> jammed = new HashSet<>();
  private final Map<PeerId, Double> overrides = new HashMap<>();
  private final Map<PeerId, Double> toldScores = new HashMap<>();
  private final Map<String, PeerId> waiting = new HashMap<>();
  private final Set<String> delivered = new HashSet<>();
  private final Set<String> everPruned = new HashSet<>();
  private @Nullable PeerId sender;
  private long nowNs;

  /** Applies an input and checks the tables. */
  void apply(Action action) {
    switch (action) {
      case Action.Connect(int peer, boolean outbound) -> connect(peer(peer), outbound);
      case Action.Disconnect(int peer) -> disconnect(peer(peer));
      case Action.Subscribe(int topic) ->
          engine.subscribe(topic(topic), topic == 0 ? this::validate : null, nowNs);
      case Action.Unsubscribe(int topic) -> engine.unsubscribe(topic(topic), nowNs);
      case Action.Publish(int topic, int message) -> publish(topic(topic), message);
      case Action.Incoming(int peer, int topic, int message) ->
          incoming(peer(peer), topic(topic), message);
      case Action.Graft(int peer, int topic) ->
          engine.receive(peer(peer), new GossipMessage.Graft(topic(topic)), nowNs);
      case Action.Prune(int peer, int topic) -> prune(peer(peer), topic(topic));
      case Action.IHave(int peer, int topic, List<Integer> ids) ->
          engine.receive(peer(peer), new GossipMessage.IHave(topic(topic), ids(ids)), nowNs);
      case Action.IWant(int peer, int topic, List<Integer> ids) ->
          engine.receive(peer(peer), new GossipMessage.IWant(topic(topic), ids(ids)), nowNs);
      case Action.DontWant(int peer, int topic, List<Integer> ids) ->
          engine.receive(peer(peer), new GossipMessage.IDontWant(topic(topic), ids(ids)), nowNs);
      case Action.Rescore(int peer, double score) -> overrides.put(peer(peer), score);
      case Action.Invalid(int peer) -> engine.penalizeInvalid(peer(peer));
      case Action.Judge(int message, boolean good) -> verdict(message, good);
      case Action.Jam(int peer, boolean full) -> jam(peer(peer), full);
      case Action.Tick(int milliseconds) -> tick(milliseconds);
    }
    checkTables();
  }

  private void connect(PeerId peer, boolean outbound) {
    disconnect(peer);
    connected.add(peer);
    engine.addPeer(peer, outbound, nowNs);
  }

  private void disconnect(PeerId peer) {
    connected.remove(peer);
    engine.removePeer(peer);
    everPruned.removeIf(pair -> pair.startsWith(peer.hex()));
  }

  private void publish(String topic, int number) {
    int expected = engine.publishTargets(topic);
    long jammedTargets = engine.claimants(topic).stream().filter(this::refuses).count();
    int taken = engine.publish(Fixture.message(topic, number, 2000 * (number % 2)), nowNs);
    assertEquals(expected - jammedTargets, taken);
    delivered.add(Fixture.id(number));
  }

  private boolean refuses(PeerId peer) {
    return jammed.contains(peer) && toldScores.getOrDefault(peer, 0.0) >= -10;
  }

  private void incoming(PeerId from, String topic, int number) {
    sender = from;
    engine.receive(from, Fixture.message(topic, number, 2000 * (number % 2)), nowNs);
    sender = null;
  }

  /** The even messages of the first topic wait for their verdict. */
  private Verdict validate(PublishedMessage message, PeerId from) {
    assertEquals(sender, from);
    if (message.sequence() % 2 == 0) {
      waiting.put(message.messageId(), from);
      return Verdict.LATER;
    }
    return message.sequence() % 3 == 0 ? Verdict.IGNORE : Verdict.ACCEPT;
  }

  private void verdict(int number, boolean good) {
    sender = waiting.get(Fixture.id(number));
    engine.verdict(Fixture.id(number), good ? Verdict.ACCEPT : Verdict.REJECT, nowNs);
    sender = null;
  }

  private void prune(PeerId from, String topic) {
    everPruned.add(from.hex() + topic);
    engine.receive(from, new GossipMessage.Prune(topic), nowNs);
  }

  private void jam(PeerId peer, boolean full) {
    if (full) {
      jammed.add(peer);
    } else {
      jammed.remove(peer);
    }
  }

  private void tick(int milliseconds) {
    nowNs += milliseconds * 1_000_000L;
    engine.heartbeat(nowNs);
    for (String topic : engine.topics()) {
      checkMeshAfterHeartbeat(topic);
    }
  }

  private void checkMeshAfterHeartbeat(String topic) {
    Set<PeerId> mesh = engine.mesh(topic);
    assertTrue(mesh.size() <= PARAMS.mesh().dHigh(), () -> "mesh of " + mesh.size());
    for (PeerId member : mesh) {
      assertTrue(toldScores.getOrDefault(member, 0.0) >= 0, "a bad peer stays in the mesh");
    }
    if (mesh.size() < PARAMS.mesh().dLo()) {
      for (PeerId claimant : engine.claimants(topic)) {
        assertTrue(
            mesh.contains(claimant)
                || toldScores.getOrDefault(claimant, 0.0) < 0
                || everPruned.contains(claimant.hex() + topic),
            "a small mesh leaves out an eligible peer");
      }
    }
  }

  private void checkTables() {
    for (int topic = 0; topic < 4; topic++) {
      Set<PeerId> mesh = engine.mesh(topic(topic));
      Set<PeerId> claimants = engine.claimants(topic(topic));
      assertTrue(claimants.containsAll(mesh), "mesh members are claimants");
      assertTrue(connected.containsAll(claimants), "claimants are connected");
      assertTrue(mesh.isEmpty() || engine.topics().contains(topic(topic)), "foreign mesh");
    }
    GossipSubStats stats = engine.stats();
    CacheParams bounds = PARAMS.caches();
    assertEquals(connected.size(), stats.peers());
    assertTrue(stats.claims() <= bounds.maxClaimsPerPeer() * stats.peers());
    assertTrue(stats.cachedMessages() <= bounds.maxCachedMessages());
    assertTrue(stats.cachedBytes() >= 0 && stats.cachedBytes() <= bounds.maxCachedBytes());
    assertTrue(stats.openPromises() <= bounds.maxPromises());
    assertTrue(stats.retainedScores() <= bounds.maxRetainedScores());
    assertTrue(stats.topics() <= bounds.maxTopics() + stats.claims());
    assertTrue(stats.pendingVerdicts() <= bounds.maxPendingVerdicts());
    assertTrue(stats.owed() <= 4096);
  }

  @Override
  public void send(PeerId to, GossipMessage message) {
    assertTrue(connected.contains(to), "sent to a peer that is not connected");
    double least = message instanceof GossipMessage.Prune ? -10_000 : -10;
    assertTrue(toldScores.getOrDefault(to, 0.0) >= least, () -> "sent " + message);
    if (message instanceof GossipMessage.Prune) {
      everPruned.add(to.hex() + message.topic());
    }
    checkIds(message);
  }

  private static void checkIds(GossipMessage message) {
    List<String> ids =
        switch (message) {
          case GossipMessage.IHave have -> have.messageIds();
          case GossipMessage.IWant want -> want.messageIds();
          case GossipMessage.IDontWant dontWant -> dontWant.messageIds();
          case GossipMessage.Graft ignored -> List.of("none");
          case GossipMessage.Prune ignored -> List.of("none");
          case GossipMessage.Receipt receipt -> List.of(receipt.messageId());
        };
    assertTrue(!ids.isEmpty() && ids.size() <= PARAMS.gossip().maxIdsPerMessage());
    assertEquals(ids.size(), new HashSet<>(ids).size(), "an id twice");
  }

  @Override
  public boolean send(PeerId to, PublishedMessage message) {
    assertTrue(connected.contains(to), "sent to a peer that is not connected");
    assertTrue(toldScores.getOrDefault(to, 0.0) >= -10, "sent to a peer below the threshold");
    assertNotEquals(sender, to, "sent back to the sender");
    return !jammed.contains(to);
  }

  @Override
  public void deliver(PublishedMessage message, PeerId from) {
    assertEquals(sender, from);
    assertTrue(engine.topics().contains(message.topic()), "delivered a foreign topic");
    assertTrue(delivered.add(message.messageId()), "delivered twice");
  }

  @Override
  public double score(PeerId peer, double base) {
    double score = overrides.getOrDefault(peer, base);
    toldScores.put(peer, score);
    if (score < -10_000) {
      // Expelled from its meshes without a word, but with the backoff.
      for (int topic = 0; topic < 4; topic++) {
        everPruned.add(peer.hex() + topic(topic));
      }
    }
    return score;
  }

  private static String topic(int number) {
    return "topic-" + number;
  }

  private static List<String> ids(List<Integer> numbers) {
    return numbers.stream().map(Fixture::id).toList();
  }
}
