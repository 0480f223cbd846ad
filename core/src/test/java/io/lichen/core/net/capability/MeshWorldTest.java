// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static io.lichen.core.net.capability.MeshWorld.MS_NS;
import static io.lichen.core.net.capability.MeshWorld.SECOND_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.route.PingwaveDrop;
import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.CapabilityTags;
import io.lichen.core.net.wire.Pingwave;
import io.lichen.core.net.wire.PingwaveHealth;
import io.lichen.crypto.entity.EntityKeyPair;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Whole networks of routing and announcements. */
class MeshWorldTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));

  @Test
  void shouldTellAllOfALineOf16WhatItsFirstNodeHas() {
    MeshWorld world = MeshWorld.line(16, 0);
    world.run(SECOND_NS);

    world.nodes.getFirst().announce("x");
    world.run(SECOND_NS);

    assertEquals(16, world.finding("x", List.of(world.nodes.getFirst())));
    assertTrue(world.arrives(world.nodes.get(15), world.nodes.get(0)), "the way back is known");
    assertFalse(world.arrives(world.nodes.get(0), world.nodes.get(15)), "waves go 4 hops");
    assertTrue(world.arrives(world.nodes.get(0), world.nodes.get(4)));
  }

  @Test
  void shouldTellAllOfALineEvenIfEachLinkLosesMuch() {
    MeshWorld world = MeshWorld.line(16, 0.05);
    world.nodes.getFirst().announce("x");

    await(world, 3600 * SECOND_NS, () -> world.finding("x", List.of(world.nodes.getFirst())) == 16);
  }

  @Test
  void shouldTellAllOfARandomGraphWhatSomeHave() {
    MeshWorld world = MeshWorld.random(200, 3, 0.1);
    world.run(3 * SECOND_NS);
    List<MeshWorld.Node> some = List.of(3, 77, 120, 199).stream().map(world.nodes::get).toList();

    some.forEach(node -> node.announce("x"));

    await(world, 160 * SECOND_NS, () -> world.finding("x", some) == 200);
    for (MeshWorld.Node node : world.nodes) {
      some.forEach(to -> assertTrue(world.arrives(node, to), () -> message(world)));
    }
  }

  @Test
  void shouldKeepRoutesOfARandomGraphWithoutCirclesWhileNodesDie() {
    MeshWorld world = MeshWorld.random(IS_FULL ? 200 : 60, 3, 0.05);
    world.run(30 * SECOND_NS);
    for (int dead = 5; dead < 10; dead++) {
      world.kill(dead);
      world.run(SECOND_NS);
    }
    // What told of a death may be lost; nobody confirms the route any more.
    world.run(100 * SECOND_NS);

    for (MeshWorld.Node from : world.nodes) {
      for (MeshWorld.Node to : world.nodes) {
        if (!from.isDead && !to.isDead && from.routing.nextHop(to.id, world.nowNs).isPresent()) {
          assertTrue(world.arrives(from, to), () -> from + " to " + to + message(world));
        }
        assertTrue(
            from.isDead || !to.isDead || from.routing.nextHop(to.id, world.nowNs).isEmpty(),
            () -> from + " still goes to the dead " + to + message(world));
      }
    }
  }

  /** Two ways lead from 0 to 3: over 1 and over 2. */
  @Test
  void shouldGoTheOtherWayWithinAMomentOfAWithdrawal() {
    MeshWorld world = diamond();
    long inUse =
        world.nodes.get(0).routing.nextHop(world.nodes.get(3).id, world.nowNs).orElseThrow();
    int broken = inUse == world.nodes.get(1).id ? 1 : 2;

    world.fail(broken, 3);
    world.run(50 * MS_NS);

    assertEquals(
        world.nodes.get(3 - broken).id,
        world.nodes.get(0).routing.nextHop(world.nodes.get(3).id, world.nowNs).orElseThrow());
    world.run(6 * SECOND_NS);
    assertTrue(world.arrives(world.nodes.get(broken), world.nodes.get(3)), "around, over 0");
  }

  @Test
  void shouldKnowWithinAMomentThatNobodyLeadsToADeadNode() {
    MeshWorld world = MeshWorld.line(5, 0);
    world.run(10 * SECOND_NS);
    assertTrue(world.arrives(world.nodes.get(0), world.nodes.get(4)));

    world.kill(4);
    world.run(100 * MS_NS);

    for (int i = 0; i < 4; i++) {
      assertTrue(world.nodes.get(i).routing.nextHop(world.nodes.get(4).id, world.nowNs).isEmpty());
    }
  }

  @Test
  void shouldHearARestartedNodeAtOnce() {
    MeshWorld world = MeshWorld.line(4, 0);
    MeshWorld.Node last = world.nodes.get(3);
    last.announce("old");
    world.run(1000 * SECOND_NS);

    last.restart();
    world.run(5 * SECOND_NS);
    world.link(2, 3);
    last.announce("new");
    world.run(200 * MS_NS);

    assertEquals(4, world.finding("new", List.of(last)));
    assertEquals(4, world.finding("old", List.of()));
    assertTrue(world.arrives(world.nodes.getFirst(), last));
  }

  @Test
  void shouldKeepAHundredNeighboursOfAHubInformedWithFewWaves() {
    MeshWorld world = new MeshWorld(101, 0.02);
    for (int leaf = 1; leaf <= 100; leaf++) {
      world.link(0, leaf);
    }
    world.run(60 * SECOND_NS);
    long before = world.nodes.getFirst().wavesSent;
    world.run(60 * SECOND_NS);

    for (int from = 1; from <= 100; from++) {
      for (int to = 1; to <= 100; to++) {
        assertTrue(world.arrives(world.nodes.get(from), world.nodes.get(to)), message(world));
      }
    }
    long sent = world.nodes.getFirst().wavesSent - before;
    assertTrue(sent <= 13 * 100 * (25 + 1), () -> sent + " of the 120000 that natives send");
  }

  @Test
  void shouldKeepTheMeshUpWhileAPeerLies() {
    MeshWorld world = MeshWorld.line(5, 0);
    world.nodes.forEach(node -> node.announce("x"));
    world.run(12 * SECOND_NS);
    MeshWorld.Node liar = world.nodes.get(2);
    MeshWorld.Node victim = world.nodes.get(1);

    for (int second = 0; second < 20; second++) {
      for (int i = 0; i < 5000; i++) {
        liar.sendPingwave(victim.address, madeUp(second * 5000L + i));
      }
      for (int i = 0; i < 20; i++) {
        liar.send(victim.id, madeUp(1000 + second * 20 + i));
      }
      world.run(SECOND_NS);
    }
    world.run(5 * SECOND_NS);

    assertTrue(victim.routing.stats().originsKnown() <= 4096);
    assertTrue(
        victim.routing.stats().wavesDropped().getOrDefault(PingwaveDrop.PEER_FLOOD, 0L) > 80_000);
    assertTrue(victim.announcements.stats().nodesKnown() <= 4096);
    assertTrue(world.arrives(world.nodes.get(0), victim), message(world));
    assertTrue(world.arrives(victim, world.nodes.get(0)), message(world));
    assertTrue(victim.find("x").contains(world.nodes.get(0).id), message(world));
  }

  private static byte[] madeUp(long number) {
    return new Pingwave(
            0x4000_0000_0000_0000L + number, 1, 3, 1, 0, 0, 0, 0, PingwaveHealth.HEALTHY, 0)
        .encode();
  }

  private static byte[] madeUp(int number) {
    EntityKeyPair keys = MeshWorld.keys(1000 + number);
    return CapabilityAnnouncement.unsigned(
            keys.id(), 1, 1, 300, CapabilityTags.of(List.of("lie"), Map.of()), null)
        .sign(keys)
        .forwarded()
        .encode();
  }

  private static MeshWorld diamond() {
    MeshWorld world = new MeshWorld(4, 0);
    world.link(0, 1);
    world.link(0, 2);
    world.link(1, 3);
    world.link(2, 3);
    world.run(12 * SECOND_NS);
    assertTrue(world.arrives(world.nodes.get(0), world.nodes.get(3)));
    return world;
  }

  private static void await(MeshWorld world, long atMostNs, BooleanSupplier condition) {
    long endNs = world.nowNs + atMostNs;
    while (!condition.getAsBoolean()) {
      assertTrue(world.nowNs < endNs, () -> "not within " + atMostNs + " ns" + message(world));
      world.run(SECOND_NS);
    }
  }

  private static String message(MeshWorld world) {
    return " (-Dlichen.seed=" + world.seed + ")";
  }
}
