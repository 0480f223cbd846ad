// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How direct connects open sessions. */
public interface Dials {
  /**
   * Sends handshakes.
   *
   * @return completes on the loop; whoever wants it no more cancels it
   */
  CompletableFuture<NetSession> connect(NetDial dial);

  /** Where packets for a node go next; {@code null} if no way is known. */
  @Nullable InetSocketAddress nextHop(long node);

  /** Whether there is a session with a node, over whatever way. */
  boolean isConnected(long node);

  /**
   * Has the relayed session with a peer try an address, if both ends know how to go on without a
   * relay.
   *
   * @return false if there is none, or they do not
   */
  boolean tryPath(long peer, InetSocketAddress address);
}
