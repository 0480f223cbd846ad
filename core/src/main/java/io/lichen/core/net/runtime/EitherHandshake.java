// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetTransport;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One dial in both ways that a peer may understand. Nobody can tell from outside whether a peer has
 * been started, and each of the two handshakes is understood in one of these states only
 * (docs/wire/net-peers.md, "Dialling"). The one for started peers goes ahead: a peer that waits for
 * the other passes over it, but the other way round a peer could take both.
 */
final class EitherHandshake {
  /** How long the handshake for started peers goes alone. */
  private static final long HEAD_START_MS = 500;

  private final NetTransport transport;
  private final NetDial direct;
  private final CompletableFuture<NetSession> first = new CompletableFuture<>();
  private final CompletableFuture<NetSession> routed;
  private @Nullable CompletableFuture<NetSession> waiting;

  private EitherHandshake(
      NetTransport transport, InetSocketAddress address, byte[] publicKey, long peerNodeId) {
    this.transport = transport;
    this.direct = new NetDial(address, publicKey, peerNodeId, NetDial.Way.DIRECT);
    this.routed =
        transport.connect(new NetDial(address, publicKey, peerNodeId, NetDial.Way.ROUTED));
  }

  /** Dials; the future fails when both ways have. */
  static CompletableFuture<NetSession> dial(
      NetTransport transport, InetSocketAddress address, byte[] publicKey, long peerNodeId) {
    EitherHandshake dial = new EitherHandshake(transport, address, publicKey, peerNodeId);
    var unused = dial.routed.whenComplete(dial::onRouted);
    var timer = transport.loop().schedule(dial::goDirect, HEAD_START_MS, TimeUnit.MILLISECONDS);
    var first = dial.first.whenComplete((session, failure) -> timer.cancel(false));
    return first;
  }

  private synchronized void goDirect() {
    if (first.isDone()) {
      return;
    }
    try {
      waiting = transport.connect(direct);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: the other handshake's failure says so.
      return;
    }
    var unused = waiting.whenComplete(this::onDirect);
  }

  private synchronized void onRouted(@Nullable NetSession session, @Nullable Throwable failure) {
    if (session != null) {
      first.complete(session);
      if (waiting != null) {
        waiting.cancel(false);
      }
    } else if (failure != null && (waiting == null || waiting.isDone())) {
      first.completeExceptionally(failure);
    }
  }

  private synchronized void onDirect(@Nullable NetSession session, @Nullable Throwable failure) {
    if (session != null) {
      first.complete(session);
      routed.cancel(false);
    } else if (failure != null && routed.isDone()) {
      first.completeExceptionally(failure);
    }
  }
}
