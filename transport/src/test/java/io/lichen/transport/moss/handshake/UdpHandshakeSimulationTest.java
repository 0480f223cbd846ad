// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.Suite;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the network does, both sides end up with the same session, or with none. */
class UdpHandshakeSimulationTest {
  private static final Identity LEFT = Identity.generate(Sides.seeded(1));
  private static final Identity RIGHT = Identity.generate(Sides.seeded(2));
  private static final Identity STRANGER = Identity.generate(Sides.seeded(3));

  /** One network between two nodes, drawn from a seed. */
  private static final class World {
    final SimUdp network;
    final SimNode left;
    final SimNode right;
    final byte @Nullable [] psk;
    final String name;

    World(long seed, double maxLoss) {
      Random random = new Random(seed);
      double loss = random.nextDouble() * maxLoss;
      double duplication = random.nextDouble() * 0.3;
      int roundTripMs = random.nextInt(301);
      int jitterMs = random.nextInt(100);
      psk = random.nextBoolean() ? new byte[32] : null;
      network = new SimUdp(seed, loss, duplication, roundTripMs, jitterMs);
      left = network.node("mesh", psk, LEFT);
      right = network.node("mesh", psk, RIGHT);
      name =
          "seed %d loss %.2f dup %.2f rtt %d jitter %d"
              .formatted(seed, loss, duplication, roundTripMs, jitterMs);
    }

    byte @Nullable [] maybeKey(Identity identity) {
      return switch (network.random().nextInt(3)) {
        case 0 -> identity.noisePublic();
        case 1 -> STRANGER.noisePublic();
        default -> null;
      };
    }

    /** Whether a dial came to nothing because all of its few datagrams were lost. */
    boolean isLost() {
      return !left.failed.isEmpty() || !right.failed.isEmpty();
    }

    void assertOneSession() {
      SimNode.Session atLeft = left.sessions.get(right.address);
      SimNode.Session atRight = right.sessions.get(left.address);
      assertNotNull(atLeft, name);
      assertNotNull(atRight, name);
      assertArrayEquals(
          atLeft.established.keys().sendKey(), atRight.established.keys().receiveKey(), name);
      assertEquals(RIGHT.peerId(), atLeft.established.remoteId(), name);
      assertEquals(LEFT.peerId(), atRight.established.remoteId(), name);
      assertTrue(atLeft.received > 0 && atRight.received > 0, name);
    }
  }

  /** Plays in a world; false if the network lost too much to say anything. */
  private interface Scenario {
    boolean play(World world);
  }

  private static void simulate(double maxLoss, Scenario scenario) {
    long first = Suite.seed();
    int lost = 0;
    for (int i = 0; i < Suite.simulations(); i++) {
      lost += scenario.play(new World(first + i, maxLoss)) ? 0 : 1;
    }
    assertTrue(lost <= Suite.simulations() / 20, lost + " dials lost, first seed " + first);
  }

  @Test
  void shouldAgreeAfterOneSideDials() {
    simulate(
        0.1,
        world -> {
          world.left.dial(world.right, world.maybeKey(RIGHT));
          world.network.run(15_000 * SimUdp.MS);
          if (world.isLost()) {
            return false;
          }
          world.assertOneSession();
          assertEquals(1, world.left.answered.size(), world.name);
          return true;
        });
  }

  @Test
  void shouldAgreeAfterBothSidesDial() {
    simulate(
        0.1,
        world -> {
          long apartMs = world.network.random().nextInt(500);
          world.left.dial(world.right, world.maybeKey(RIGHT));
          world.network.after(
              apartMs * SimUdp.MS, () -> world.right.dial(world.left, world.maybeKey(LEFT)));
          world.network.run(15_000 * SimUdp.MS);
          if (world.isLost()) {
            return false;
          }
          world.assertOneSession();
          return true;
        });
  }

  @Test
  void shouldNeverDisagreeUnderHeavyLoss() {
    simulate(
        0.5,
        world -> {
          world.left.dial(world.right, null);
          if (world.network.random().nextBoolean()) {
            world.right.dial(world.left, null);
          }
          world.network.run(30_000 * SimUdp.MS);
          SimNode.Session atLeft = world.left.sessions.get(world.right.address);
          SimNode.Session atRight = world.right.sessions.get(world.left.address);
          if (atLeft != null && atRight != null) {
            assertArrayEquals(
                atLeft.established.keys().sendKey(),
                atRight.established.keys().receiveKey(),
                world.name);
          }
          return true;
        });
  }

  @Test
  void shouldTakeBackPeerThatWasKilledAndDialsAgain() {
    simulate(
        0.1,
        world -> {
          world.left.dial(world.right, null);
          world.network.run(15_000 * SimUdp.MS);
          if (world.isLost()) {
            return false;
          }
          world.left.restart(contextLike(world));
          world.left.dial(world.right, null);
          world.network.run(15_000 * SimUdp.MS);
          if (world.isLost()) {
            return false;
          }
          world.assertOneSession();
          assertEquals(1, world.right.replaced, world.name);
          return true;
        });
  }

  private static HandshakeContext contextLike(World world) {
    return Sides.context("mesh", world.psk, LEFT, world.network.random().nextLong());
  }
}
