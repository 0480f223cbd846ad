// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A node's sockets: TCP and UDP on one port, and the sessions on them. Thread-safe. */
public interface MossTransport extends AutoCloseable {
  /** The bound address; the port serves TCP and UDP. */
  InetSocketAddress localAddress();

  /** Whether TCP is listening too: a fixed port that is taken for TCP leaves a UDP-only node. */
  boolean listensOnTcp();

  /**
   * Opens a session to a peer. The session delivers nothing until {@link MossSession#start}.
   *
   * @return fails with {@link TransportException}
   */
  CompletableFuture<MossSession> dial(DialRequest request);

  /** Counters since the start by name: what was accepted, refused and dropped, and why. */
  Map<String, Long> counters();

  /** Closes the listeners and all sessions, and waits for the threads to end. Idempotent. */
  @Override
  void close();
}
