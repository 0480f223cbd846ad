// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.sim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.Retention;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicationConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A set of replicas, a network, clients and misfortune, all from one seed. */
final class World {
  static final long MS = 1_000_000;
  static final long HEARTBEAT_MS = 100;
  private static final long TROUBLE_NS = 8_000 * MS;
  private static final long PEACE_NS = 20_000 * MS;
  private static final int MOST_BYTES = 100_000;

  private record Event(long atNs, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  private record Appended(
      SimNode node, long term, List<byte[]> payloads, CompletableFuture<Long> first) {}

  private final Random random;
  private final List<Appended> waiting = new ArrayList<>();
  private final History history;
  private final SimNetwork network;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<Long> members = new ArrayList<>();
  private final RedexConfig config;
  private final ReplicationConfig replication;

  /** Leaders end soon after they were elected, and records fill messages. */
  private final boolean isRestless;

  private long nowNs;
  private long order;
  private long written;
  private long appended;

  World(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.history = new History("seed " + seed);
    this.network = new SimNetwork(random, this::carry);
    int size = 3 + 2 * random.nextInt(3) - (random.nextInt(5) == 0 ? -1 : 0);
    boolean isOnDisk = random.nextInt(4) != 0;
    AckPolicy policy =
        isOnDisk && random.nextBoolean() ? AckPolicy.MAJORITY_DURABLE : AckPolicy.MAJORITY;
    Retention retention = random.nextInt(3) == 0 ? Retention.ALL.withMaxRecords(15) : Retention.ALL;
    this.config =
        (isOnDisk ? RedexConfig.onDisk() : RedexConfig.inMemory()).withRetention(retention);
    for (long id = 1; id <= Math.min(size, 7); id++) {
      members.add(id * 7 % 11);
    }
    this.isRestless = random.nextInt(3) == 0;
    this.replication =
        ReplicationConfig.pinned(members).withHeartbeatMs(HEARTBEAT_MS).withAckPolicy(policy);
    for (long id : members) {
      double rate = 1 + (random.nextDouble() - 0.5) / 12;
      nodes.add(
          new SimNode(id, this, isOnDisk, rate, random.nextLong(), new Random(random.nextLong())));
    }
  }

  /** A set without misfortune. */
  World(long seed, int size, AckPolicy policy, RedexConfig config) {
    this.random = new Random(seed);
    this.history = new History("seed " + seed);
    this.network = new SimNetwork(random, this::carry);
    this.config = config;
    this.isRestless = false;
    for (long id = 1; id <= size; id++) {
      members.add(id);
    }
    this.replication =
        ReplicationConfig.pinned(members).withHeartbeatMs(HEARTBEAT_MS).withAckPolicy(policy);
    members.forEach(id -> nodes.add(new SimNode(id, this, config.persistent(), 1, 0, random)));
  }

  List<SimNode> nodes() {
    return nodes;
  }

  void startAll() {
    nodes.forEach(this::start);
  }

  /** From now on records are appended to whoever leads. */
  void load() {
    after(0, this::write);
  }

  /** Lets time go by. */
  void run(long forNs) {
    runUntil(nowNs + forNs);
  }

  /** Ends a node, which starts again after some time. */
  void kill(SimNode node, long forNs) {
    node.kill();
    after(forNs, () -> start(node));
  }

  long nowNs() {
    return nowNs;
  }

  History history() {
    return history;
  }

  SimNetwork network() {
    return network;
  }

  void after(long delayNs, Runnable action) {
    events.add(new Event(nowNs + delayNs, order++, action));
  }

  private void carry(long from, long to, byte[] message, long afterNs) {
    after(afterNs, () -> node(to).deliver(from, message));
  }

  private SimNode node(long id) {
    return nodes.get(members.indexOf(id));
  }

  /** Runs a node's timer as long as it lives. */
  void timer(SimNode node) {
    int life = node.life();
    after(
        node.untilTimerNs() + random.nextLong(MS),
        () -> {
          if (node.life() == life) {
            node.timer();
            timer(node);
          }
        });
  }

  /** Everything goes wrong, then nothing any more; what was promised must hold. */
  int run() {
    if (random.nextInt(4) == 0) {
      grow();
    }
    nodes.forEach(node -> start(node));
    load();
    after(1_000 * MS, this::misfortune);
    runUntil(TROUBLE_NS);
    network.calm();
    nodes.stream().filter(node -> !node.isUp()).forEach(this::start);
    runUntil(TROUBLE_NS + PEACE_NS);
    converged();
    return history.size();
  }

  /** Logs that were not replicated before: their beginnings are equal, their ends are not. */
  private void grow() {
    List<byte[]> common = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      common.add(payload());
    }
    for (SimNode node : nodes) {
      List<byte[]> own = new ArrayList<>(common.subList(0, random.nextInt(common.size() + 1)));
      for (int i = random.nextInt(5); i > 0; i--) {
        own.add(payload());
      }
      node.fill(config, own);
    }
  }

  private void start(SimNode node) {
    if (!node.isUp()) {
      node.start(config, replication, members);
    }
  }

  private void runUntil(long endNs) {
    while (!events.isEmpty() && events.peek().atNs <= endNs) {
      Event event = events.remove();
      nowNs = event.atNs;
      event.action.run();
      settle();
      oneLease();
    }
    nowNs = endNs;
  }

  private void oneLease() {
    long leases =
        nodes.stream()
            .filter(node -> node.isUp() && node.replica().hasLease(node.clockNs()))
            .count();
    history.check(leases <= 1, leases + " leaders hold a lease");
  }

  private void write() {
    SimNode node = nodes.get(random.nextInt(nodes.size()));
    if (node.isUp() && (node.leads() || random.nextInt(8) == 0) && written < MOST_BYTES) {
      List<byte[]> payloads = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        payloads.add(payload());
      }
      append(node, payloads);
    }
    if (nowNs < TROUBLE_NS + PEACE_NS / 2) {
      after(random.nextLong(60 * MS), this::write);
    }
  }

  private byte[] payload() {
    int most = isRestless && random.nextInt(4) == 0 ? 6_000 : 120;
    int length = random.nextInt(100) == 0 ? 9_000 + random.nextInt(9_000) : random.nextInt(most);
    byte[] payload = Arrays.copyOf(Long.toString(appended++).getBytes(US_ASCII), 8 + length);
    written += payload.length;
    return payload;
  }

  private void append(SimNode node, List<byte[]> payloads) {
    waiting.add(
        new Appended(node, node.replica().status().term(), payloads, node.append(payloads)));
  }

  private void settle() {
    for (Iterator<Appended> all = waiting.iterator(); all.hasNext(); ) {
      Appended one = all.next();
      if (one.first.isDone()) {
        all.remove();
        if (!one.first.isCompletedExceptionally()) {
          for (int i = 0; i < one.payloads.size(); i++) {
            history.acknowledged(one.first.join() + i, one.payloads.get(i), one.term, one.node.id);
          }
        } else if (!(one.first.exceptionNow() instanceof RedexException)) {
          throw new AssertionError(one.first.exceptionNow());
        }
      }
    }
  }

  private void misfortune() {
    if (nowNs > TROUBLE_NS) {
      return;
    }
    switch (random.nextInt(13)) {
      case 0, 1 -> network.part(members, 0.3);
      case 2, 3 -> network.heal();
      case 4 -> network.disturb(random.nextDouble() / 3, random.nextDouble() / 3);
      case 5, 6 -> kill(nodes.get(random.nextInt(nodes.size())));
      case 7 -> losePower(nodes.get(random.nextInt(nodes.size())));
      case 8 -> sweep(nodes.get(random.nextInt(nodes.size())));
      case 9 -> rot(nodes.get(random.nextInt(nodes.size())));
      case 10 -> leave(nodes.get(random.nextInt(nodes.size())));
      case 11 -> blackOut();
      default -> nodes.stream().filter(SimNode::leads).findFirst().ifPresent(this::kill);
    }
    after(random.nextLong(500 * MS), this::misfortune);
  }

  /** A node leads. */
  void elected(SimNode node) {
    if (isRestless && nowNs < TROUBLE_NS - 120 * MS && random.nextInt(4) != 0) {
      int life = node.life();
      after(
          random.nextLong(120 * MS),
          () -> {
            if (node.life() == life && random.nextInt(3) != 0) {
              kill(node);
            } else {
              network.part(members, 0.2);
            }
          });
    }
  }

  private void sweep(SimNode node) {
    if (node.isUp()) {
      node.log().sweepRetention();
    }
  }

  private void kill(SimNode node) {
    if (node.isUp() && (!node.losesAllWhenKilled() || mayForget(node))) {
      node.kill();
      after(random.nextLong(1_500 * MS), () -> start(node));
    }
  }

  private void rot(SimNode node) {
    if (node.isUp() && !node.losesAllWhenKilled() && mayForget(node)) {
      node.rot();
      after(random.nextLong(1_500 * MS), () -> start(node));
    }
  }

  private void leave(SimNode node) {
    if (node.isUp()) {
      int life = node.life();
      node.replica().leave(node.clockNs());
      after(
          random.nextLong(500 * MS),
          () -> {
            if (node.life() == life) {
              node.replica().join(node.clockNs());
            }
          });
    }
  }

  private void losePower(SimNode node) {
    boolean isForced = replication.ackPolicy() == AckPolicy.MAJORITY_DURABLE;
    if (node.isUp() && (isForced || mayForget(node))) {
      node.losePower();
      after(random.nextLong(1_500 * MS), () -> start(node));
    }
  }

  /** All machines end at once: only what was forced is left. */
  private void blackOut() {
    if (replication.ackPolicy() == AckPolicy.MAJORITY_DURABLE) {
      nodes.forEach(this::losePower);
    }
  }

  /** Whether a majority remains that keeps what it has. */
  private boolean mayForget(SimNode node) {
    long keeping = nodes.stream().filter(other -> other != node).filter(SimNode::keeps).count();
    return keeping > members.size() / 2;
  }

  private void converged() {
    SimNode leader = nodes.stream().filter(SimNode::leads).findFirst().orElse(null);
    history.check(leader != null, "nobody leads: " + states());
    if (leader == null) {
      return;
    }
    long next = leader.log().nextSeq();
    for (SimNode node : nodes) {
      history.check(next, node.log().nextSeq(), "node " + node.id + " lags: " + states());
      history.check(next, node.replica().status().committedSeq(), "not committed: " + states());
      history.check(next, node.position(), "a tail lags: " + states());
      ReplicaRole role = node.replica().status().role();
      history.check(node == leader || role == ReplicaRole.REPLICA, "roles: " + states());
      equal(leader, node);
    }
  }

  private void equal(SimNode leader, SimNode node) {
    long first =
        Math.max(
            leader.log().firstSeq().orElse(leader.log().nextSeq()),
            node.log().firstSeq().orElse(node.log().nextSeq()));
    List<RedexRecord> ours = leader.log().readRange(first, -1);
    List<RedexRecord> theirs = node.log().readRange(first, -1);
    history.check(ours.size(), theirs.size(), "node " + node.id + " has other records");
    for (int i = 0; i < ours.size(); i++) {
      history.check(
          ours.get(i).seq() == theirs.get(i).seq()
              && Arrays.equals(ours.get(i).payload(), theirs.get(i).payload()),
          "node " + node.id + " has another record " + ours.get(i).seq());
    }
    for (Map.Entry<Long, byte[]> kept : history.acknowledgedFrom(first).entrySet()) {
      history.check(
          node.log()
              .read(kept.getKey())
              .filter(record -> Arrays.equals(record.payload(), kept.getValue()))
              .isPresent(),
          "node " + node.id + " lost record " + kept.getKey());
    }
  }

  private String states() {
    List<String> states = new ArrayList<>();
    for (SimNode node : nodes) {
      states.add(node.id + ": " + (node.isUp() ? node.replica().status() : "down"));
    }
    return String.join(", ", states);
  }
}
