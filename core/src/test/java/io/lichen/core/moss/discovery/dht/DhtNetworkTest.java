// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.DhtWorld.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Honest nodes in a simulated network; the seed is part of every failure. */
class DhtNetworkTest {
  private static final long SEED = Long.getLong("lichen.seed", System.nanoTime());
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final int NODES = IS_FULL ? 1000 : 200;
  private static final int PEERS = 10;
  private static final NodeId MESH = new NodeId(0x1234, 0x5678, 0x9abc);

  private final DhtWorld world = new DhtWorld(SEED);

  private List<Endpoint> someNodes() {
    return world.random.ints(3, 0, NODES / 2).mapToObj(i -> world.members.get(i).endpoint).toList();
  }

  private List<Member> joinPeers() {
    List<Member> peers = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      peers.add(world.join(MESH, someNodes()));
    }
    return peers;
  }

  private static Set<Endpoint> endpoints(List<Member> peers) {
    Set<Endpoint> endpoints = new HashSet<>();
    peers.forEach(peer -> endpoints.add(peer.peer));
    return endpoints;
  }

  @Test
  void shouldFindAllPeersOfAHashAmongHundredsOfNodes() {
    world.populate(NODES);
    world.run(Duration.ofMinutes(3));
    List<Member> peers = joinPeers();
    world.run(Duration.ofMinutes(5));
    for (Member peer : peers) {
      assertEquals(endpoints(peers), peer.found, "seed " + SEED);
      assertTrue(peer.counters.announced.sum() >= 8, "seed " + SEED);
    }
    for (Member other : world.members) {
      assertTrue(peers.contains(other) || other.found.size() <= 1, "only itself, seed " + SEED);
    }
  }

  @Test
  void shouldAskFewOfManyNodes() {
    world.populate(NODES);
    world.run(Duration.ofMinutes(3));
    Member peer = world.join(MESH, someNodes());
    world.run(Duration.ofMinutes(1));
    assertEquals(1, peer.counters.searches.sum(), "seed " + SEED);
    // Two searches, of peers and of neighbours, and the announces.
    assertTrue(peer.counters.asked.sum() < 120, peer.counters.asked + ", seed " + SEED);
  }

  @Test
  void shouldFindPeersWhileNodesComeAndGoAndDatagramsGetLost() {
    world.loss = 0.1;
    world.populate(NODES);
    world.run(Duration.ofMinutes(3));
    List<Member> peers = joinPeers();
    for (int second = 0; second < 600; second += 5) {
      Member gone = world.members.get(1 + world.random.nextInt(world.members.size() - 1));
      if (!peers.contains(gone)) {
        gone.crash();
        world.populate(1);
      }
      world.run(Duration.ofSeconds(5));
    }
    Member newcomer = world.join(MESH, someNodes());
    world.run(Duration.ofMinutes(3));
    assertTrue(newcomer.found.containsAll(endpoints(peers)), "seed " + SEED);
    Member oldest = world.members.getFirst();
    assertTrue(oldest.counters.nodesDropped.sum() > 0, "the dead go, seed " + SEED);
  }

  @Test
  void shouldTryAgainWhenNobodyAnswersAtFirst() {
    Member server = world.join(NodeId.random(world.random), List.of());
    Member peer = world.join(MESH, List.of(server.endpoint));
    world.put(server.endpoint, (from, datagram) -> {});
    world.run(Duration.ofSeconds(30));
    assertEquals(0, peer.counters.answered.sum());
    assertTrue(peer.counters.searches.sum() >= 2, "seed " + SEED);
    world.put(server.endpoint, server);
    world.run(Duration.ofMinutes(1));
    assertEquals(1, peer.counters.announced.sum(), "seed " + SEED);
  }

  @Test
  void shouldAnswerNobodyAndStayOutOfTablesWhenItOnlyReads() {
    world.populate(20);
    world.run(Duration.ofMinutes(2));
    Member reader = world.join(MESH, List.of(world.members.getFirst().endpoint), true);
    Member peer = world.join(MESH, List.of(world.members.getFirst().endpoint));
    world.run(Duration.ofMinutes(5));
    assertTrue(reader.found.contains(peer.peer), "seed " + SEED);
    assertTrue(peer.found.contains(reader.peer), "seed " + SEED);
    assertEquals(0, reader.counters.served.sum());
    assertEquals(0, reader.counters.ignored.sum(), "somebody asks it, seed " + SEED);
  }

  @Test
  void shouldForgetPeersThatNoLongerAnnounceThemselves() {
    world.populate(20);
    world.run(Duration.ofMinutes(2));
    Member gone = world.join(MESH, List.of(world.members.getFirst().endpoint));
    world.run(Duration.ofMinutes(2));
    gone.crash();
    Member early = world.join(MESH, List.of(world.members.getFirst().endpoint));
    world.run(Duration.ofMinutes(1));
    assertTrue(early.found.contains(gone.peer), "seed " + SEED);
    early.crash();
    world.run(Duration.ofMinutes(32));
    Member late = world.join(MESH, List.of(world.members.getFirst().endpoint));
    world.run(Duration.ofMinutes(1));
    assertEquals(Set.of(), late.found, "seed " + SEED);
  }
}
