// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.Retention;
import io.lichen.redex.replica.AckPolicy;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.ReplicationLink;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Sets that live by upstream's rules. */
class NativeSetTest {
  private static final long SECOND = 1_000_000_000L;

  private static World world(int size, AckPolicy policy, RedexConfig config) {
    World world = new World(1, size, policy, config);
    world.network().speech(ReplicationLink.Speech.NATIVE);
    world.startAll();
    return world;
  }

  private static World world(int size) {
    return world(size, AckPolicy.LEADER, RedexConfig.onDisk());
  }

  private static SimNode leader(World world) {
    return world.nodes().stream().filter(SimNode::leads).findFirst().orElseThrow();
  }

  private static void assertEqual(World world) {
    long next = leader(world).log().nextSeq();
    for (SimNode node : world.nodes()) {
      assertEquals(next, node.log().nextSeq(), "node " + node.id);
      for (long seq = 0; seq < next; seq++) {
        assertArrayEquals(
            leader(world).log().read(seq).orElseThrow().payload(),
            node.log().read(seq).orElseThrow().payload());
      }
    }
  }

  @Test
  void shouldElectOneLeaderWhereNobodyEverLed() {
    World world = world(3);
    world.run(3 * SECOND);
    assertEquals(1, world.nodes().stream().filter(SimNode::leads).count());
    assertEquals(ReplicaRules.NATIVE, leader(world).replica().status().rules());
  }

  /** More than one packet carries, with records in the index and as long as can be carried. */
  @Test
  void shouldCatchUpBeyondOnePacket() {
    World world = world(3);
    world.run(2 * SECOND);
    SimNode leader = leader(world);
    for (int i = 0; i < 60; i++) {
      leader.log().append(new byte[719]);
      leader.log().appendInline(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) i});
    }
    leader.log().append(new byte[8029]);
    world.run(2 * SECOND);
    assertEqual(world);
  }

  @Test
  void shouldGoOnBehindARecordThatNoPacketCarries() {
    World world = world(2);
    world.run(2 * SECOND);
    SimNode leader = leader(world);
    leader.log().append(new byte[] {1});
    leader.log().append(new byte[8030]);
    leader.log().append(new byte[] {3});
    world.run(3 * SECOND);
    SimNode other = world.nodes().stream().filter(node -> node != leader).findFirst().get();
    assertEquals(3, other.log().nextSeq());
    assertEquals(1, other.log().read(0).orElseThrow().payload()[0]);
    assertTrue(other.log().read(1).isEmpty());
    assertEquals(3, other.log().read(2).orElseThrow().payload()[0]);
    assertEquals(1, other.metrics.of("a").skipsAhead());
  }

  /** The native refuses to skip on disk, and stays behind for ever. */
  @Test
  void shouldSkipAheadOnDiskAndKeepWhatItHas() {
    World world =
        world(
            2,
            AckPolicy.LEADER,
            RedexConfig.onDisk().withRetention(Retention.ALL.withMaxRecords(3)));
    world.run(2 * SECOND);
    SimNode leader = leader(world);
    leader.log().append(new byte[] {0});
    world.run(SECOND);
    SimNode other = world.nodes().stream().filter(node -> node != leader).findFirst().get();
    world.kill(other, 2 * SECOND);
    for (int i = 1; i < 9; i++) {
      leader.log().append(new byte[] {(byte) i});
    }
    leader.log().sweepRetention();
    world.run(4 * SECOND);
    assertEquals(9, other.log().nextSeq());
    assertEquals(
        List.of(0L, 6L, 7L, 8L),
        other.log().readRange(0, -1).stream().map(record -> record.seq()).toList());
  }

  @Test
  void shouldReplaceALeaderThatEnds() {
    World world = world(3);
    world.run(2 * SECOND);
    SimNode first = leader(world);
    first.log().append(new byte[] {1});
    world.run(SECOND);
    world.kill(first, 5 * SECOND);
    world.run(2 * SECOND);
    SimNode second = leader(world);
    second.log().append(new byte[] {2});
    world.run(6 * SECOND);
    assertEquals(1, world.nodes().stream().filter(SimNode::leads).count());
    assertEqual(world);
    assertEquals(2, second.log().nextSeq());
  }

  @Test
  void shouldNotPretendThatAMajorityAcknowledges() {
    World world = world(3, AckPolicy.MAJORITY, RedexConfig.inMemory());
    world.run(2 * SECOND);
    CompletionException failure =
        assertThrows(
            CompletionException.class, () -> leader(world).append(List.of(new byte[] {1})).join());
    assertEquals(RedexError.CONFIG, ((RedexException) failure.getCause()).error());
    assertEquals(0, leader(world).log().nextSeq());
  }

  @Test
  void shouldGoIdleWhereThereIsNoRoom() {
    World world = world(2);
    world.run(2 * SECOND);
    SimNode leader = leader(world);
    SimNode other = world.nodes().stream().filter(node -> node != leader).findFirst().get();
    other.limitDisk();
    for (int i = 0; i < 12; i++) {
      leader.log().append(new byte[8_000]);
    }
    world.run(2 * SECOND);
    assertEquals(ReplicaRole.IDLE, other.replica().status().role());
    assertEquals(1, other.metrics.of("a").underCapacities());
  }
}
