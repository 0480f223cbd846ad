// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.ReplicatedLog;
import io.lichen.core.net.redex.LogConfig;
import io.lichen.crypto.ChannelName;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.BandwidthClass;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.wire.SyncHeartbeat;
import io.lichen.redex.replica.wire.SyncNack;
import io.lichen.redex.replica.wire.SyncRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lichen and the native hold replicas of one log, as far as the reference release's Python package
 * goes: its replicas stay idle, because what makes one take part is in its Rust API alone. So it
 * can neither lead here nor follow; the newest release can ({@link NativeLeaderTest}). What an idle
 * one says is checked against the real one; what leading and following ones say, against recordings
 * of its Rust API (kinds {@code replication-wire}, {@code replication-catchup} and {@code
 * replication-decisions} of the vectors).
 */
class NativeReplicaTest {
  private static final NativeVersion VERSION = NativeVersion.V0_34;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String NAME = "lab/set";
  private static final byte[] LOG_ID = ChannelName.of(NAME).logId();
  private static final byte[] PSK = psk();
  private static final long WIRE_MEMBER = 0x1111_2222_3333_4444L;

  private static byte[] psk() {
    byte[] psk = new byte[32];
    Arrays.fill(psk, (byte) 0x5a);
    return psk;
  }

  @BeforeEach
  void assumeNative() {
    Skip.unless(
        NativePackage.python(VERSION).isPresent(),
        NativeReplicaTest.class,
        NativePackage.howToGet(VERSION));
  }

  private static ReplicationConfig set(long one, long other) {
    return ReplicationConfig.pinned(List.of(one, other)).withHeartbeatMs(100);
  }

  @Test
  void shouldLiveByUpstreamsRulesWithANativeAndFindItIdle(@TempDir Path folder) {
    try (NativeReplica natives = new NativeReplica(VERSION, PSK, folder);
        NetNode node = NetNode.builder().psk(PSK).build()) {
      node.start();
      node.connect(natives.address(), natives.publicKey(), natives.nodeId());
      natives.announce();
      ReplicationConfig config = set(node.nodeId(), natives.nodeId());
      natives.replicate(NAME, config);
      assertEquals(1, natives.replicas());
      ReplicatedLog log = replicate(node, NAME, config);
      Waits.until("Lichen leads", LIMIT, () -> log.status().role() == ReplicaRole.LEADER);
      assertEquals(ReplicaRules.NATIVE, log.status().rules());
      assertEquals(0, log.append("a".getBytes(UTF_8)).join());
      ReplicatedLog strict =
          replicate(node, NAME + "/strict", config.withAckPolicy(AckPolicy.MAJORITY));
      Waits.until("Lichen leads", LIMIT, () -> strict.status().role() == ReplicaRole.LEADER);
      CompletionException refused =
          assertThrows(CompletionException.class, () -> strict.append(new byte[1]).join());
      assertEquals(
          RedexError.CONFIG, assertInstanceOf(RedexException.class, refused.getCause()).error());
      assertEquals(0, natives.length(), "the package has a driver now: hold replicas together");
      assertTrue(
          natives
              .prometheusText()
              .contains("dataforts_leader_changes_total{channel=\"" + NAME + "\"} 0\n"));
    }
  }

  private static ReplicatedLog replicate(NetNode node, String name, ReplicationConfig config) {
    return node.logs().replicate(name, LogConfig.defaults().withReplication(config));
  }

  @Test
  void shouldBeToldByAnIdleNativeThatItDoesNotLead(@TempDir Path folder) throws Exception {
    try (NativeReplica natives = new NativeReplica(VERSION, PSK, folder);
        WireMember member = new WireMember(WIRE_MEMBER, PSK, natives)) {
      natives.replicate(NAME, set(WIRE_MEMBER, natives.nodeId()));
      assertEquals(0, natives.append("alone".getBytes(UTF_8)));
      member.say(new SyncHeartbeat(LOG_ID, 7, ReplicaRole.LEADER, 1).encode());
      SyncRequest request =
          new SyncRequest(LOG_ID, 3, 8041, 0x0102_0304_0506_0708L, BandwidthClass.FOREGROUND);
      member.say(Arrays.copyOf(request.encode(), 54));
      member.say(request.encode());
      SyncNack nack = SyncNack.decode(member.hear());
      assertArrayEquals(LOG_ID, nack.logId());
      assertEquals(SyncNack.Code.NOT_LEADER, nack.code());
      assertEquals(3, nack.sinceSeq());
      assertEquals(request.requestId(), nack.requestId());
      member.say(new SyncHeartbeat(LOG_ID, 9, ReplicaRole.LEADER, 1).encode());
      member.say(request.encode());
      assertEquals(SyncNack.Code.NOT_LEADER, SyncNack.decode(member.hear()).code());
      assertFalse(member.hasMore(), "an idle replica asks for nothing");
    }
  }
}
