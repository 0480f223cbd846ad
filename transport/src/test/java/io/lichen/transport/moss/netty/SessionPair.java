// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransportConfig;

/** Two transports under test, and one session between them as either end sees it. */
final class SessionPair implements AutoCloseable {
  final Peer dialer;
  final Peer acceptor;
  final MossSession out;
  final MossSession in;

  SessionPair(MossTransportConfig config, Carrier carrier) {
    this(new Peer(config), new Peer(config), carrier);
  }

  /** Closes both with itself. */
  SessionPair(Peer dialer, Peer acceptor, Carrier carrier) {
    this.dialer = dialer;
    this.acceptor = acceptor;
    this.out = dialer.dial(acceptor.transport, carrier);
    this.in = acceptor.accepted();
  }

  @Override
  public void close() {
    dialer.close();
    acceptor.close();
  }
}
