// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;

/** Peers that must not get a session. */
abstract class RefusalScenario extends PairScenario {
  private static final int CONNECT_FAILED = -10;

  @AfterEach
  void endPeers() {
    endAll();
  }

  /** Starts a dialer that must be refused, and checks that neither side has a session. */
  final void refused(PeerSpec stranger, MeshPeer listener) {
    MeshPeer dialer = peers.start(stranger);
    String target = Talk.target(listener.address(), cell().carrier());
    assertEquals(CONNECT_FAILED, dialer.connect(target), "code of connect");
    assertEquals(0, dialer.info().path("peer_count").asInt(), "sessions of the dialer");
    assertEquals(0, listener.info().path("peer_count").asInt(), "sessions of the listener");
    dialer.kill();
  }
}
