// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetNode;
import io.lichen.core.net.ReplicatedLog;
import io.lichen.core.net.redex.LogConfig;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.transport.net.NetTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that three nodes keep, over real sockets; its leader is cut off without a goodbye. */
class ReplicatedLogTest {
  private static final String NAME = "set/a";
  private static final int MEMBERS = 3;

  /** Twice as long as usual where others build on the machine, too. */
  private static final long HEARTBEAT_MS =
      "full".equals(System.getProperty("lichen.suite")) ? 500 : 1000;

  private static final int SOME = 200;

  private final List<NetTransport> transports = new ArrayList<>();

  @AutoClose
  private final NetNodes nodes =
      new NetNodes(
          (config, listener) -> {
            NetTransport transport = NetTransport.open(config, listener);
            transports.add(transport);
            return transport;
          });

  private final List<NetNode> set = new ArrayList<>();
  private final List<EntityKeyPair> identities = new ArrayList<>();
  private final List<ReplicatedLog> logs = new CopyOnWriteArrayList<>();
  private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
  private final AtomicBoolean isDone = new AtomicBoolean();

  /** Held for each append, and while nothing is to be appended. */
  private final ReentrantLock appending = new ReentrantLock(true);

  private final Thread load = Thread.ofPlatform().unstarted(this::appendToWhoeverLeads);

  @AfterEach
  void endLoad() throws InterruptedException {
    isDone.set(true);
    load.join();
  }

  private void begin(Path directory) {
    for (int i = 0; i < MEMBERS; i++) {
      identities.add(nodes.identity());
      set.add(member(i, directory));
      for (NetNode earlier : set.subList(0, i)) {
        connect(set.get(i), earlier);
      }
    }
    set.forEach(node -> logs.add(replicate(node)));
  }

  private NetNode member(int index, Path directory) {
    Path own = directory.resolve("node" + index);
    NetNode node = nodes.open(new NodeSettings(NetNodes.quick(), identities.get(index), own, null));
    node.start();
    return node;
  }

  private ReplicatedLog replicate(NetNode node) {
    ReplicationConfig config =
        ReplicationConfig.pinned(identities.stream().map(keys -> keys.id().nodeId()).toList())
            .withHeartbeatMs(HEARTBEAT_MS)
            .withAckPolicy(AckPolicy.MAJORITY);
    return node.logs().replicate(NAME, new LogConfig(RedexConfig.onDisk(), config));
  }

  private static Optional<ReplicatedLog> leader(List<ReplicatedLog> among) {
    return among.stream().filter(log -> log.status().role() == ReplicaRole.LEADER).findFirst();
  }

  private static ReplicatedLog awaitLeader(List<ReplicatedLog> among) {
    await("one leads", () -> leader(among).isPresent());
    return leader(among).orElseThrow();
  }

  @Test
  void shouldCommitWhatAMajorityHas(@TempDir Path directory) throws InterruptedException {
    begin(directory);
    ReplicatedLog leader = awaitLeader(logs);
    assertEquals(0, leader.append(bytes("a")).join());
    byte[] large = new byte[100_000];
    assertEquals(1, leader.append(List.of(large, bytes("c"))).join());
    for (ReplicatedLog log : logs) {
      try (RedexTail tail = log.tail(0)) {
        for (int length : new int[] {1, large.length, 1}) {
          RedexRecord record = tail.next(Duration.ofSeconds(20));
          assertNotNull(record, log.status()::toString);
          assertEquals(length, record.payload().length);
        }
      }
      if (log != leader) {
        refused(log);
      }
    }
    assertTrue(leader.hasLease().join());
  }

  private static void refused(ReplicatedLog log) {
    CompletionException e =
        assertThrows(CompletionException.class, () -> log.append(bytes("x")).join());
    assertEquals(
        RedexError.NOT_LEADER, assertInstanceOf(RedexException.class, e.getCause()).error());
  }

  @Test
  void shouldGoOnWithoutItsLeaderAndLoseNothing(@TempDir Path directory) throws Exception {
    begin(directory);
    int killed = logs.indexOf(awaitLeader(logs));
    load.start();
    await("there is load", () -> acknowledged.size() > SOME);

    long killedNs = System.nanoTime();
    transports.get(killed).close();
    List<ReplicatedLog> left = new ArrayList<>(logs);
    left.remove(killed);
    awaitLeader(left);
    double heartbeats = (System.nanoTime() - killedNs) / 1e6 / HEARTBEAT_MS;
    assertTrue(heartbeats <= 5, () -> "after " + heartbeats + " heartbeats");
    int before = acknowledged.size();
    await("the load goes on", () -> acknowledged.size() > before + SOME);
    checkAll(left);

    set.get(killed).close();
    NetNode back = member(killed, directory);
    for (NetNode other : set) {
      if (other != set.get(killed)) {
        connect(back, other);
      }
    }
    logs.set(killed, replicate(back));
    int after = acknowledged.size();
    await("the load goes on", () -> acknowledged.size() > after + SOME);
    checkAll(logs);
    System.out.printf(
        "%d acknowledged; a new leader after %.1f heartbeats%n", acknowledged.size(), heartbeats);
  }

  /** Stops the load, lets these members catch up, compares, and goes on. */
  private void checkAll(List<ReplicatedLog> members) {
    appending.lock();
    try {
      await("they agree", () -> agree(members));
      Map<Long, String> kept = kept(members.getFirst());
      members.forEach(member -> assertEquals(kept, kept(member)));
      assertEquals(members.getFirst().file().nextSeq(), kept.size(), "numbers are missing");
      assertEquals(kept.size(), Set.copyOf(kept.values()).size(), "a payload is there twice");
      acknowledged.forEach((seq, payload) -> assertEquals(payload, kept.get(seq)));
    } finally {
      appending.unlock();
    }
  }

  private static boolean agree(List<ReplicatedLog> members) {
    long end = members.stream().mapToLong(log -> log.file().nextSeq()).max().orElseThrow();
    return members.stream()
        .map(ReplicatedLog::status)
        .allMatch(status -> status.nextSeq() == end && status.committedSeq() == end);
  }

  private static Map<Long, String> kept(ReplicatedLog log) {
    Map<Long, String> kept = new HashMap<>();
    log.file()
        .readRange(0, log.file().nextSeq())
        .forEach(record -> kept.put(record.seq(), new String(record.payload(), UTF_8)));
    return kept;
  }

  private void appendToWhoeverLeads() {
    for (int i = 0; !isDone.get(); i++) {
      appending.lock();
      try {
        append("n" + i);
      } finally {
        appending.unlock();
      }
    }
  }

  /** No payload is given twice: what became of one that failed is not known. */
  private void append(String payload) {
    Optional<ReplicatedLog> leader = leader(logs);
    if (leader.isPresent()) {
      try {
        acknowledged.put(leader.get().append(bytes(payload)).join(), payload);
        return;
      } catch (CompletionException e) {
        // It leads no longer, or just now not yet.
      }
    }
    LockSupport.parkNanos(1_000_000);
  }
}
