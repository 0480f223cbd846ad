// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial.Way;
import io.lichen.transport.net.NetSession;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who dials a node directly before it accepts. */
class EarlyMessagesTest {
  private final SimNet net = new SimNet(Suite.seed());
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L);
  private final SimNode bob = SimNode.of(net, 2, 0x2222_0000_0002L);

  @Test
  void shouldAnswerWhoDialledBeforeTheAccept() {
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.DIRECT);
    net.run(4900);
    assertFalse(connected.isDone());

    CompletableFuture<NetSession> accepted = bob.accept(alice.nodeId());
    net.run(10);

    assertEquals(connected.join().id(), accepted.join().id());
    assertEquals(0, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
  }

  @Test
  void shouldNotAnswerForAnotherNode() {
    CompletableFuture<NetSession> connected = alice.connect(bob, Way.DIRECT);
    net.run(10);
    CompletableFuture<NetSession> forAnother = bob.accept(0x3333_0000_0003L);
    CompletableFuture<NetSession> forAlice = bob.accept(alice.nodeId());
    net.run(10);

    assertFalse(forAnother.isDone());
    assertEquals(connected.join().id(), forAlice.join().id());
  }

  @Test
  void shouldForgetWhoNoLongerWaits() {
    var unused = alice.connect(bob, Way.DIRECT);
    net.run(1000);
    assertEquals(0, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
    alice.close();
    net.run(4100);

    assertEquals(1, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
    CompletableFuture<NetSession> accepted = bob.accept(alice.nodeId());
    net.run(10);
    assertFalse(accepted.isDone());
  }

  @Test
  void shouldKeepTheNewestOfAFewAddresses() {
    for (int i = 0; i < EarlyMessages.MAX + 3; i++) {
      var unused = SimNode.of(net, 10 + i, 0x4444_0000_0000L + i).connect(bob, Way.DIRECT);
    }
    net.run(10);

    assertEquals(3, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
    bob.started();
    net.run(10);
    assertEquals(EarlyMessages.MAX + 3, bob.drops(DropReason.HANDSHAKE_UNEXPECTED));
  }
}
