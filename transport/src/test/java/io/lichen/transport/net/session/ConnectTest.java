// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetDial.Way;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.NetTransportException.Reason;
import io.lichen.transport.net.SessionEnd;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** How sessions begin, between engines in virtual time. */
class ConnectTest {
  private final SimNet net = new SimNet(Suite.seed());
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L);
  private final SimNode bob = SimNode.of(net, 2, 0x2222_0000_0002L);

  @Test
  void shouldOpenDirectSessionWithWhoeverAccepts() {
    CompletableFuture<NetSession> accepted = bob.accept(alice.nodeId());
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.DIRECT);
    net.run(10);

    assertEquals(connected.join().id(), accepted.join().id());
    assertTrue(connected.join().initiator());
    assertFalse(accepted.join().initiator());
    assertEquals(alice.nodeId(), accepted.join().peerNodeId());
    assertEquals(alice.address(), accepted.join().address());
    assertSame(connected.join(), alice.inbox().sessions.getFirst());
    assertSame(accepted.join(), bob.inbox().sessions.getFirst());
  }

  @Test
  void shouldTellSeveralWaitingAcceptsApart() {
    SimNode carol = SimNode.of(net, 3, 0x3333_0000_0003L);
    CompletableFuture<NetSession> forAlice = bob.accept(alice.nodeId());
    CompletableFuture<NetSession> forCarol = bob.accept(carol.nodeId());
    CompletableFuture<NetSession> fromCarol = carol.connect(bob, Way.DIRECT);
    CompletableFuture<NetSession> fromAlice = alice.connect(bob, Way.DIRECT);
    net.run(10);

    assertEquals(fromAlice.join().id(), forAlice.join().id());
    assertEquals(alice.nodeId(), forAlice.join().peerNodeId());
    assertEquals(fromCarol.join().id(), forCarol.join().id());
    assertEquals(carol.nodeId(), forCarol.join().peerNodeId());
    assertEquals(carol.address(), forCarol.join().address());
  }

  @Test
  void shouldOpenRoutedSessionWithAStartedNode() {
    bob.started();
    NetSession session = alice.connected(bob);

    assertEquals(session.id(), bob.with(alice).id());
    assertEquals(alice.nodeId(), bob.with(alice).peerNodeId());
    assertFalse(bob.with(alice).viaRelay());
  }

  @Test
  void shouldNotTakeDirectHandshakesOnceStarted() {
    bob.started();
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.DIRECT);
    net.run(16_000);

    assertEquals(Reason.TIMEOUT, reason(connected));
    assertEquals(3, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
    assertEquals(Reason.ALREADY_STARTED, reason(bob.accept(alice.nodeId())));
  }

  @Test
  void shouldNotTakeRoutedHandshakesBeforeTheStart() {
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.ROUTED);
    net.run(1000);
    assertEquals(1, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
    bob.started();
    net.run(5000);

    assertTrue(connected.join().isOpen());
  }

  @Test
  void shouldGiveUpOnAnotherPskAfterThreeAttempts() {
    SimNode stranger = SimNode.stranger(net, 3, 0x3333_0000_0003L);
    bob.started();
    CompletableFuture<NetSession> routed = stranger.connect(bob, Way.ROUTED);
    net.run(15_299);
    assertFalse(routed.isDone());
    net.run(2);

    assertEquals(Reason.TIMEOUT, reason(routed));
    assertEquals(3, bob.drops(DropReason.HANDSHAKE_NOT_AUTHENTIC));
    assertEquals(3, bob.drops());
    assertTrue(bob.inbox().sessions.isEmpty());
  }

  @Test
  void shouldNotAcceptSomebodyElse() {
    CompletableFuture<NetSession> accepted = bob.accept(4711);
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.DIRECT);
    net.run(16_000);

    assertEquals(Reason.TIMEOUT, reason(accepted));
    assertEquals(Reason.TIMEOUT, reason(connected));
    assertEquals(3, bob.drops(DropReason.HANDSHAKE_NOT_AUTHENTIC));
  }

  @Test
  void shouldTakeTheLowHalfOfAnIdForTheWhole() {
    CompletableFuture<NetSession> accepted = bob.accept(alice.nodeId() & 0xFFFF_FFFFL);
    var unused = alice.connect(bob, Way.DIRECT);
    net.run(10);

    assertTrue(accepted.join().isOpen());
  }

  @Test
  void shouldBeginAgainWhenTheAnswerIsLost() {
    int host = 10;
    for (Way way : new Way[] {Way.DIRECT, Way.ROUTED}) {
      SimNode initiator = SimNode.of(net, host, host++);
      SimNode responder = SimNode.of(net, host, host++);
      if (way == Way.DIRECT) {
        var unused = responder.accept(initiator.nodeId());
      } else {
        responder.started();
      }
      net.tap((from, to, datagram) -> to.equals(initiator.address()) ? null : datagram);
      CompletableFuture<NetSession> connected = initiator.connect(responder, way);
      net.run(1000);
      assertFalse(connected.isDone());
      assertEquals(1, responder.inbox().sessions.size());
      net.tap((from, to, datagram) -> datagram);
      net.run(4200);

      assertEquals(responder.with(initiator).id(), connected.join().id(), way.name());
      assertEquals(SessionEnd.REPLACED, responder.inbox().ends.getFirst());
    }
  }

  @Test
  void shouldMakeOneSessionWhenBothConnectAtOnce() {
    alice.started();
    bob.started();
    CompletableFuture<NetSession> fromAlice = alice.connect(bob, Way.ROUTED);
    CompletableFuture<NetSession> fromBob = bob.connect(alice, Way.ROUTED);
    net.run(10);

    assertEquals(fromAlice.join().id(), fromBob.join().id());
    assertEquals(1, alice.inbox().sessions.size());
    assertEquals(1, bob.inbox().sessions.size());
    assertEquals(alice.with(bob).id(), bob.with(alice).id());
  }

  @Test
  void shouldAgreeOnOneSessionAfterBothFirstAttemptsWereLost() {
    alice.started();
    bob.started();
    net.tap((from, to, datagram) -> from.equals(alice.address()) ? null : datagram);
    CompletableFuture<NetSession> fromAlice = alice.connect(bob, Way.ROUTED);
    CompletableFuture<NetSession> fromBob = bob.connect(alice, Way.ROUTED);
    net.run(5050);
    assertFalse(fromAlice.isDone());
    net.tap((from, to, datagram) -> datagram);
    net.run(100);

    assertEquals(fromAlice.join().id(), fromBob.join().id());
    assertEquals(1, alice.inbox().sessions.size());
    assertEquals(1, alice.drops(DropReason.HANDSHAKE_REFUSED) / 2);
  }

  @Test
  void shouldAnswerARivalThatComesAgainInTheSameAttempt() {
    // A native's attempt ends with the first message of this side, and it begins again at once.
    alice.started();
    SimNode native1 = SimNode.of(net, 3, 0x7777_0000_0003L).started();
    net.tap((from, to, datagram) -> from.equals(alice.address()) ? null : datagram);
    CompletableFuture<NetSession> fromAlice = alice.connect(native1, Way.ROUTED);
    CompletableFuture<NetSession> first = native1.connect(alice, Way.ROUTED);
    net.run(50);
    native1.close();
    SimNode again = SimNode.of(net, 3, 0x7777_0000_0003L).started();
    net.tap((from, to, datagram) -> datagram);
    CompletableFuture<NetSession> second = again.connect(alice, Way.ROUTED);
    net.run(50);

    assertEquals(Reason.CLOSED, reason(first));
    assertEquals(second.join().id(), fromAlice.join().id());
  }

  /** As one that is dialled where it was before it was started again, and dials meanwhile. */
  @Test
  void shouldAnswerAPeerThatIsNotWhereItIsDialled() {
    alice.started();
    SimNode gone = SimNode.of(net, 3, 0x7777_0000_0003L);
    CompletableFuture<NetSession> inVain = alice.connect(gone, Way.ROUTED);
    gone.close();
    net.run(1000);
    SimNode back = SimNode.of(net, 4, 0x7777_0000_0003L).started();
    CompletableFuture<NetSession> connected = back.connect(alice, Way.ROUTED);
    net.run(10_000);

    assertEquals(alice.with(back).id(), connected.join().id());
    assertEquals(inVain.join().id(), connected.join().id());
  }

  @Test
  void shouldRefuseASecondConnectToTheSameNode() {
    CompletableFuture<NetSession> first = alice.connect(bob, Way.ROUTED);
    CompletableFuture<NetSession> second = alice.connect(bob, Way.RELAYED);

    assertFalse(first.isDone());
    assertEquals(Reason.ALREADY_CONNECTING, reason(second));
  }

  /** As a node dials that cannot know whether its peer has been started. */
  @Test
  void shouldLetTheSessionBeOnceTheOtherConnectIsCalledOff() {
    CompletableFuture<NetSession> accepted = bob.accept(alice.nodeId());
    CompletableFuture<NetSession> loser = alice.connect(bob, Way.ROUTED);
    CompletableFuture<NetSession> winner = alice.connect(bob, Way.DIRECT);
    net.run(10);
    loser.cancel(false);
    bob.started();
    net.run(16_000);

    assertEquals(winner.join().id(), alice.with(bob).id());
    assertEquals(accepted.join().id(), bob.with(alice).id());
    assertEquals(1, alice.inbox().sessions.size());
    assertEquals(1, bob.inbox().sessions.size());
    assertEquals(1, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
  }

  @Test
  void shouldNotTakeAnAnswerToAConnectThatWasCalledOff() {
    bob.started();
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.ROUTED);
    net.runUntil(() -> !bob.inbox().sessions.isEmpty(), 100);
    connected.cancel(false);
    net.run(16_000);

    assertEquals(List.of(), alice.inbox().sessions);
    assertEquals(1, alice.drops());
    assertEquals(1, bob.inbox().sessions.size(), "no retries");
  }

  @Test
  void shouldConnectAgainAtOnceAfterCallingOff() {
    for (Way way : new Way[] {Way.DIRECT, Way.ROUTED}) {
      CompletableFuture<NetSession> first = alice.connect(bob, way);
      first.cancel(false);
      CompletableFuture<NetSession> second = alice.connect(bob, way);
      assertFalse(second.isDone(), way.name());
      second.cancel(false);
    }
  }

  @Test
  void shouldRefuseAKeyThatHidesNothing() {
    CompletableFuture<NetSession> result = new CompletableFuture<>();
    NetDial dial = new NetDial(bob.address(), new byte[32], bob.nodeId(), Way.ROUTED);
    alice.endpoint().connect(dial, result);

    assertEquals(Reason.BAD_KEY, reason(result));
  }

  @Test
  void shouldBoundWhatWaits() {
    for (int i = 0; i < Acceptances.MAX_PENDING; i++) {
      assertFalse(bob.accept(1000 + i).isDone());
    }
    assertEquals(Reason.TABLE_FULL, reason(bob.accept(4711)));
  }

  @Test
  void shouldFailWhatWaitsWhenClosed() {
    CompletableFuture<NetSession> accepted = bob.accept(alice.nodeId());
    CompletableFuture<NetSession> connected = bob.connect(alice, Way.ROUTED);
    bob.close();

    assertEquals(Reason.CLOSED, reason(accepted));
    assertEquals(Reason.CLOSED, reason(connected));
    assertEquals(Reason.CLOSED, reason(bob.accept(1)));
    assertEquals(Reason.CLOSED, reason(bob.connect(alice, Way.DIRECT)));
  }

  @Test
  void shouldNotTakeAnAnswerFromAnotherAddress() {
    alice.started(); // Before, it would be kept for an accept.
    SimNode mallory = SimNode.of(net, 3, 0x3333_0000_0003L);
    var unused = bob.accept(alice.nodeId());
    net.tap(
        (from, to, datagram) -> {
          if (from.equals(bob.address())) {
            net.at(1, () -> net.send(mallory.address(), to, datagram));
            return null;
          }
          return datagram;
        });
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.DIRECT);
    net.run(100);

    assertFalse(connected.isDone());
    assertEquals(1, alice.drops(DropReason.HANDSHAKE_UNEXPECTED));
  }

  static Reason reason(CompletableFuture<NetSession> failed) {
    CompletionException e = assertThrows(CompletionException.class, failed::join);
    return assertInstanceOf(NetTransportException.class, e.getCause()).reason();
  }
}
