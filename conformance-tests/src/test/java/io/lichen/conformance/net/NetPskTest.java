// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.matrix.Scenario;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A node with another pre-shared key gets no session. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.net.NetCell#mixed")
class NetPskTest extends NetPairScenario {
  private static final int HANDSHAKE = -111;
  private static final String IMPATIENT =
      "{\"lichen\":{\"handshake_timeout_ms\":400,\"handshake_attempts\":2}}";

  @AfterEach
  void endPair() {
    endAll();
  }

  @Test
  @Scenario("wrong PSK refused")
  void shouldRefuseAnotherPsk() {
    assumeRunnable();
    boolean isSlow = cell.dialer() == Driver.NATIVE;
    assumeTrue(NetCell.IS_FULL || !isSlow, "a native tries for 15 s: full suite only");
    NetPeer listener = peers.start(listener().withConfig(IMPATIENT));
    NetPeer dialer = peers.start(dialer().withConfig(IMPATIENT).withPsk("a5".repeat(32)));
    CompletableFuture<Integer> accepted = listener.accept(dialer);
    assertEquals(HANDSHAKE, dialer.connect(listener, listener.address()), "code of connect");
    assertEquals(0, dialer.peerCount(), "sessions of the dialer");
    if (cell.listener() == Driver.JAVA) {
      assertEquals(HANDSHAKE, listener.await(accepted, "reply to accept"), "code of accept");
      assertEquals(0, listener.peerCount(), "sessions of the listener");
    }
  }
}
