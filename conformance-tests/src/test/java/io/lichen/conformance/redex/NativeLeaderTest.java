// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.ReplicatedLog;
import io.lichen.core.net.redex.LogConfig;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicationConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lichen and the native hold replicas of one log, and lead it in turn. With the native's newest
 * release: the replicas of older ones take no part ({@link NativeReplicaTest}).
 */
class NativeLeaderTest {
  private static final NativeVersion VERSION = NativeVersion.V0_45;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String NAME = "lab/turns";

  /** Half of them before the other one joins: more than one message holds. */
  private static final int RECORDS = 2000;

  private final byte[] psk = new byte[32];
  private NativeReplica natives;
  private NetNode node;

  @BeforeEach
  void connect(@TempDir Path folder) {
    Skip.unless(
        NativePackage.python(VERSION).isPresent(),
        NativeLeaderTest.class,
        NativePackage.howToGet(VERSION));
    Arrays.fill(psk, (byte) 0x5b);
    natives = new NativeReplica(VERSION, psk, folder);
    node = NetNode.builder().psk(psk).build();
    node.start();
    node.connect(natives.address(), natives.publicKey(), natives.nodeId());
    natives.announce();
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
    if (natives != null) {
      natives.close();
    }
  }

  @Test
  void shouldFollowANativeThatLeads() {
    natives.replicate(NAME, set(natives.nodeId()));
    List<String> records = texts("native", RECORDS);
    records.subList(0, RECORDS / 2).forEach(text -> natives.append(text.getBytes(UTF_8)));
    ReplicatedLog log = replicate(set(natives.nodeId()));
    Waits.until("the native leads", LIMIT, () -> isLedBy(log, natives.nodeId()));
    records.subList(RECORDS / 2, RECORDS).forEach(text -> natives.append(text.getBytes(UTF_8)));
    Waits.until("Lichen has all", LIMIT, () -> log.file().size() == RECORDS);
    assertEquals(records, texts(log));
    assertEquals(ReplicaRole.REPLICA, log.status().role());
  }

  @Test
  void shouldLeadANativeThatFollows() {
    ReplicatedLog log = replicate(set(node.nodeId()));
    List<String> records = texts("lichen", RECORDS);
    Waits.until("Lichen leads", LIMIT, () -> log.status().role() == ReplicaRole.LEADER);
    records.subList(0, RECORDS / 2).forEach(text -> log.append(text.getBytes(UTF_8)).join());
    natives.replicate(NAME, set(node.nodeId()));
    records.subList(RECORDS / 2, RECORDS).forEach(text -> log.append(text.getBytes(UTF_8)).join());
    Waits.until("the native has all", LIMIT, () -> natives.length() == RECORDS);
    assertEquals(records, natives.texts());
  }

  @Test
  void shouldLeadOnWhenTheNativeLeaderIsGone() {
    natives.replicate(NAME, set(natives.nodeId()));
    ReplicatedLog log = replicate(set(natives.nodeId()));
    Waits.until("the native leads", LIMIT, () -> isLedBy(log, natives.nodeId()));
    natives.append("before".getBytes(UTF_8));
    Waits.until("Lichen has it", LIMIT, () -> log.file().size() == 1);
    natives.close();
    Waits.until("Lichen leads", LIMIT, () -> log.status().role() == ReplicaRole.LEADER);
    assertEquals(1, log.append("after".getBytes(UTF_8)).join());
    assertEquals(List.of("before", "after"), texts(log));
  }

  private ReplicationConfig set(long leader) {
    return ReplicationConfig.pinned(List.of(node.nodeId(), natives.nodeId()))
        .withHeartbeatMs(100)
        .withLeaderPinned(leader);
  }

  private ReplicatedLog replicate(ReplicationConfig config) {
    return node.logs().replicate(NAME, LogConfig.defaults().withReplication(config));
  }

  private static boolean isLedBy(ReplicatedLog log, long leader) {
    return log.status().leader().equals(OptionalLong.of(leader));
  }

  private static List<String> texts(String author, int count) {
    return IntStream.range(0, count).mapToObj(i -> author + " " + i).toList();
  }

  private static List<String> texts(ReplicatedLog log) {
    return log.file().readRange(0, log.file().nextSeq()).stream()
        .map(RedexRecord::payload)
        .map(payload -> new String(payload, UTF_8))
        .toList();
  }
}
