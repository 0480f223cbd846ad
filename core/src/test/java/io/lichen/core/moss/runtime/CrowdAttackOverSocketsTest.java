// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.HostileScenario.quickPlan;
import static io.lichen.core.moss.runtime.TestNodes.await;
import static io.lichen.core.moss.runtime.TestNodes.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.MossTransport;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many strangers at once, over real sessions. */
final class CrowdAttackOverSocketsTest {
  private @Nullable HostileScenario scenario;

  @AfterEach
  void close() {
    if (scenario != null) {
      scenario.close();
    }
  }

  private HostileScenario meet(HostileScenario made) {
    scenario = made;
    return made.introduced();
  }

  private static RawPeer[] crowd(HostileScenario scene, int size) {
    return Stream.generate(scene::stranger).limit(size).toArray(RawPeer[]::new);
  }

  private static void join(HostileScenario scene, RawPeer... crowd) throws InterruptedException {
    for (RawPeer stranger : crowd) {
      stranger.send(scene.about(EnvelopeType.GRAFT));
      stranger.awaitRead();
    }
  }

  @Test
  void shouldIgnoreACrowdAtOneAddressAndNobodyElse() throws Exception {
    TestNodes.Plan friend = plan();
    PeerId friendId = friend.identity.peerId();
    PlacedTransport sockets =
        new PlacedTransport(
            peer ->
                new InetSocketAddress(
                    peer.equals(friendId) ? "203.0.113.5" : "198.51.100.7", 4000));
    HostileScenario scene = meet(new HostileScenario(sockets, quickPlan(), friend));
    RawPeer[] crowd = crowd(scene, 55);
    join(scene, crowd);
    scene.attackUntilIgnored(() -> {}, crowd);
  }

  @Test
  void shouldKeepItsFriendWhenACrowdWantsAllItsPlaces() throws Exception {
    HostileScenario scene =
        meet(new HostileScenario(MossTransport::open, quickPlan("\"max_peers\":8"), plan()));
    RawPeer[] crowd = crowd(scene, 30);
    await("the table is full", () -> scene.victim.figure("peers") == 8);
    await(
        "the others were sent away",
        () -> Stream.of(crowd).filter(stranger -> stranger.session.isOpen()).count() == 7);
    for (RawPeer stranger : crowd) {
      stranger.send(scene.about(EnvelopeType.GRAFT));
    }
    scene.attackTimes(50, () -> {});
    assertEquals(8, scene.victim.figure("peers"));
    assertEquals(1, scene.friend.figure("sessions.registered"), "they never lost each other");
  }

  @Test
  void shouldTalkThroughAMeshFullOfTheSilent() throws Exception {
    HostileScenario scene = meet(new HostileScenario(MossTransport::open));
    RawPeer[] crowd = crowd(scene, 20);
    scene.attackTimes(3, () -> join(scene, crowd), crowd);
    RawPeer latecomer = scene.stranger();
    join(scene, latecomer);
    scene.talk();
    // The mesh may have no room: what the friend says is then offered, and has to be asked for.
    Envelope heard = latecomer.next();
    while (!isSaidBy(scene.friend, heard)) {
      if (heard.type().equals(EnvelopeType.IHAVE.wireName())) {
        latecomer.send(
            scene.about(EnvelopeType.IWANT).toBuilder().messageIds(heard.messageIds()).build());
      }
      heard = latecomer.next();
    }
    scene.assertHeldOff();
  }

  private static boolean isSaidBy(TestNode node, Envelope heard) {
    return Arrays.equals(node.node().id().bytes(), heard.senderId());
  }

  @Test
  void shouldIgnoreSybilsThatForgeOneByOne() throws Exception {
    HostileScenario scene = meet(new HostileScenario(MossTransport::open));
    RawPeer[] sybils = crowd(scene, 8);
    scene.attackUntilIgnored(
        () -> {
          for (RawPeer sybil : sybils) {
            sybil.send(scene.about(EnvelopeType.PUBLISH));
          }
        },
        sybils);
  }
}
