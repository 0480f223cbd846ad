// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.net.peer.Redials;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
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
  private final Redials redials;

  Dialer(NetTransport transport, PeerTable peers, NetCounters counters, Redials redials) {
    this.transport = transport;
    this.peers = peers;
    this.counters = counters;
    this.redials = redials;
  }

  /** Waits for a peer's handshake. */
  CompletableFuture<PeerInfo> accept(long peerNodeId) {
    return told(() -> transport.accept(peerNodeId), session -> {});
  }

  /**
   * Opens a session to a peer that may have been started or not, and is dialled again if need be.
   */
  CompletableFuture<PeerInfo> connect(InetSocketAddress address, byte[] key, long peerNodeId) {
    return told(
        () -> EitherHandshake.dial(transport, address, key, peerNodeId),
        session -> redials.dialled(peerNodeId, address, key));
  }

  /** Opens a session through a relay. */
  CompletableFuture<PeerInfo> connectVia(InetSocketAddress relay, byte[] key, long peerNodeId) {
    return told(
        () -> transport.connect(new NetDial(relay, key, peerNodeId, NetDial.Way.RELAYED)),
        session -> {});
  }

  /** The peer behind the session. */
  private CompletableFuture<PeerInfo> told(
      Supplier<CompletableFuture<NetSession>> handshake, Consumer<NetSession> then) {
    CompletableFuture<PeerInfo> told = new CompletableFuture<>();
    try {
      var unused =
          handshake
              .get()
              .whenComplete(
                  (session, failure) -> {
                    if (session == null) {
                      fail(told, failure);
                    } else {
                      then.accept(session);
                      complete(told, session);
                    }
                  });
    } catch (IllegalArgumentException | RejectedExecutionException e) {
      fail(told, e);
    }
    return told;
  }

  private void fail(CompletableFuture<PeerInfo> told, @Nullable Throwable failure) {
    counters.handshakesFailed.increment();
    RuntimeException error =
        failure == null || failure instanceof RejectedExecutionException
            ? NodeErrors.closed()
            : NodeErrors.of(failure);
    told.completeExceptionally(error);
  }

  /** The loop has brought the news of the session before. */
  private void complete(CompletableFuture<PeerInfo> told, NetSession session) {
    counters.handshakesSucceeded.increment();
    Peer peer = peers.find(session.peerNodeId());
    if (peer != null) {
      told.complete(peer.info());
    } else {
      told.completeExceptionally(NodeErrors.notConnected(session.peerNodeId()));
    }
  }
}
