// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.Scenario;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes of both runtimes tell each other where they see them, and what they are behind. */
@ParameterizedClass(name = "{0}")
@MethodSource("cells")
class NetReflexTest extends NetPairScenario {
  static Stream<NetCell> cells() {
    return NetCell.withJava();
  }

  @AfterEach
  void end() {
    endAll();
  }

  @Test
  @Scenario("reflex both ways; what both are behind, by two peers, and announced")
  void shouldTellEachOtherWhereTheyAreSeen() {
    assumeRunnable();
    NetPeer dialer = peers.start(dialer());
    NetPeer listener = peers.start(listener());
    NetPeer third = peers.start(NetSpec.of(Driver.JAVA, cell.version(), 3));
    meet(dialer, listener);
    meet(dialer, third);
    meet(listener, third);
    List.of(dialer, listener, third).forEach(NetPeer::start);

    assertEquals(dialer.address(), dialer.probeReflex(listener));
    assertEquals(listener.address(), listener.probeReflex(dialer));
    for (NetPeer each : List.of(dialer, listener)) {
      assertEquals("open", each.natType());
      each.announce("{\"tags\":[\"role:seen\"]}");
    }
    Waits.until("dialer knows", NetTalk.LIMIT, () -> dialer.natTypeOf(listener).equals("open"));
    Waits.until("listener knows", NetTalk.LIMIT, () -> listener.natTypeOf(dialer).equals("open"));
  }

  private static void meet(NetPeer dialer, NetPeer listener) {
    CompletableFuture<Integer> accepted = listener.accept(dialer);
    assertEquals(0, dialer.connect(listener, listener.address()), "code of connect");
    assertEquals(0, listener.await(accepted, "reply to accept"));
  }
}
