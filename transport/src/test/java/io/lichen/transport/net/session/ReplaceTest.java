// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial.Way;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Handshakes for nodes with which there is a session already. */
class ReplaceTest {
  private static final long ALICE = 0x1111_0000_0001L;

  private final SimNet net = new SimNet(Suite.seed());
  private final SimNode bob = SimNode.of(net, 2, 0x2222_0000_0002L).started();
  private SimNode alice = SimNode.of(net, 1, ALICE).started();

  private void restartAlice() {
    alice.close();
    alice = SimNode.of(net, 1, ALICE).started();
  }

  @Test
  void shouldReplaceASessionOnWhichNothingGoesOn() {
    long before = alice.connected(bob).id();
    restartAlice();
    CompletableFuture<NetSession> again = alice.connect(bob, Way.ROUTED);
    net.run(10);

    assertNotEquals(before, again.join().id());
    assertEquals(again.join().id(), bob.with(alice).id());
    assertEquals(List.of(SessionEnd.REPLACED), bob.inbox().ends);
  }

  @Test
  void shouldLetARestartedPeerInThoughItsSessionWasBusy() {
    alice.connected(bob);
    bob.with(alice).stream(7, StreamOptions.ofReliable()).send(new byte[10]);
    net.run(10);
    restartAlice();
    CompletableFuture<NetSession> again = alice.connect(bob, Way.ROUTED);
    net.run(490);
    assertFalse(again.isDone());
    net.run(50);

    assertEquals(again.join().id(), bob.with(alice).id());
    assertEquals(1, bob.counter("handshakes_held"));
    assertEquals(1, bob.counter("replaced_while_silent"));
  }

  @Test
  void shouldLetARestartedPeerInWhoseSessionThisNodeHadOpened() {
    bob.connected(alice);
    restartAlice();
    CompletableFuture<NetSession> again = alice.connect(bob, Way.ROUTED);
    net.run(600);

    assertEquals(again.join().id(), bob.with(alice).id());
    assertEquals(1, bob.counter("handshakes_held"));
    assertFalse(bob.with(alice).initiator());
  }

  @Test
  void shouldNotLetSomebodyElseTakeTheSessionOfAPeerThatLives() {
    alice.connected(bob);
    bob.with(alice).stream(7, StreamOptions.ofReliable()).send(new byte[10]);
    net.run(10);
    long before = bob.with(alice).id();
    SimNode liar = SimNode.of(net, 9, ALICE);
    CompletableFuture<NetSession> stolen = liar.connect(bob, Way.ROUTED);
    net.run(16_000);

    assertTrue(stolen.isCompletedExceptionally());
    assertEquals(before, bob.with(alice).id());
    assertEquals(3, bob.drops(DropReason.HANDSHAKE_REFUSED));
    assertTrue(bob.inbox().ends.isEmpty());
  }

  @Test
  void shouldAskAgainWhenQuestionsAreLost() {
    alice.connected(bob);
    bob.with(alice).stream(7, StreamOptions.ofReliable()).send(new byte[10]);
    net.run(100);
    SimNode liar = SimNode.of(net, 9, ALICE);
    CompletableFuture<NetSession> stolen = liar.connect(bob, Way.ROUTED);
    long[] left = {2};
    net.tap((from, to, datagram) -> to.equals(alice.address()) && left[0]-- > 0 ? null : datagram);
    net.run(1000);

    assertFalse(stolen.isDone());
    assertEquals(1, bob.drops(DropReason.HANDSHAKE_REFUSED));
  }

  @Test
  void shouldDropFirstMessagesThatComeAgain() {
    List<byte[]> toBob = new ArrayList<>();
    net.tap(
        (from, to, datagram) -> {
          if (to.equals(bob.address())) {
            toBob.add(datagram);
          }
          return datagram;
        });
    alice.connected(bob);
    long session = bob.with(alice).id();
    restartAlice();
    alice.connected(bob);
    assertNotEquals(session, bob.with(alice).id());
    long latest = bob.with(alice).id();
    List.copyOf(toBob).forEach(message -> net.send(alice.address(), bob.address(), message));
    net.run(1000);

    assertEquals(latest, bob.with(alice).id());
    assertEquals(2, bob.drops(DropReason.HANDSHAKE_REPLAYED));
  }

  @Test
  void shouldEvictTheLongestIdleSessionForANewOne() {
    NetTransportConfig defaults = NetTransportConfig.defaults(77, SimNode.PSK);
    NetTransportConfig small =
        new NetTransportConfig(
            defaults.bindAddress(),
            77,
            SimNode.PSK,
            defaults.staticKey(),
            defaults.handshakeTimeout(),
            3,
            Duration.ofSeconds(30),
            2,
            16,
            defaults.streamIdle(),
            true,
            true,
            1 << 16);
    SimNode server = SimNode.of(net, 7, small).started();
    alice.connected(server);
    bob.connected(server);
    SimNode carol = SimNode.of(net, 3, 0x3333_0000_0003L);
    CompletableFuture<NetSession> third = carol.connect(server, Way.ROUTED);
    net.run(16_000);
    assertTrue(third.isCompletedExceptionally());
    assertEquals(3, server.drops(DropReason.TABLE_FULL));

    net.run(10_000);
    bob.with(server).sendHeartbeat();
    net.run(10_000);
    carol.connected(server);
    assertEquals(List.of(SessionEnd.EVICTED), server.inbox().ends);
    assertEquals(2, server.endpoint().sessions().size());
    assertTrue(server.with(bob).isOpen());
  }
}
