// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions, and tells which peer is at the other end. Its futures complete on the loop, as
 * soon as a session is there: they are to be waited for, and not for the application to hang
 * anything on.
 */
final class Dialer {
  private final NetTransport transport;
  private final PeerTable peers;
  private final NetCounters counters;

  Dialer(NetTransport transport, PeerTable peers, NetCounters counters) {
    this.transport = transport;
    this.peers = peers;
    this.counters = counters;
  }

  /** Waits for a peer's handshake. */
  CompletableFuture<PeerInfo> accept(long peerNodeId) {
    return told(() -> transport.accept(peerNodeId));
  }

  /** Opens a session to a peer that may have been started or not. */
  CompletableFuture<PeerInfo> connect(InetSocketAddress address, byte[] key, long peerNodeId) {
    return told(() -> EitherHandshake.dial(transport, address, key, peerNodeId));
  }

  /** Opens a session through a relay. */
  CompletableFuture<PeerInfo> connectVia(InetSocketAddress relay, byte[] key, long peerNodeId) {
    return told(() -> transport.connect(new NetDial(relay, key, peerNodeId, NetDial.Way.RELAYED)));
  }

  /** The peer behind the session. */
  private CompletableFuture<PeerInfo> told(Supplier<CompletableFuture<NetSession>> handshake) {
    CompletableFuture<PeerInfo> told = new CompletableFuture<>();
    try {
      var unused = handshake.get().whenComplete((session, failure) -> tell(told, session, failure));
    } catch (IllegalArgumentException | RejectedExecutionException e) {
      tell(told, null, e);
    }
    return told;
  }

  private void tell(
      CompletableFuture<PeerInfo> told, @Nullable NetSession session, @Nullable Throwable failure) {
    if (session == null) {
      counters.handshakesFailed.increment();
      RuntimeException error =
          failure == null || failure instanceof RejectedExecutionException
              ? NodeErrors.closed()
              : NodeErrors.of(failure);
      told.completeExceptionally(error);
      return;
    }
    counters.handshakesSucceeded.increment();
    // The loop has brought the news of the session before.
    complete(told, session);
  }

  private void complete(CompletableFuture<PeerInfo> told, NetSession session) {
    Peer peer = peers.find(session.peerNodeId());
    if (peer != null) {
      told.complete(peer.info());
    } else {
      told.completeExceptionally(NodeErrors.notConnected(session.peerNodeId()));
    }
  }
}
