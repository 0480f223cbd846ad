// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.transport.net.NetLoop;
import io.lichen.transport.net.NetTransport;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from the engines of a node, which speak of peers by their ids, to its transport, which is
 * opened when they are there already.
 */
final class Wire {
  private final PeerTable peers;
  private volatile @Nullable NetTransport transport;

  Wire(PeerTable peers) {
    this.peers = peers;
  }

  /** The transport is there. */
  void opened(NetTransport opened) {
    transport = opened;
  }

  /** The transport; not to be asked for before it is there. */
  NetTransport transport() {
    NetTransport now = transport;
    if (now == null) {
      throw new IllegalStateException("the transport is not open yet");
    }
    return now;
  }

  /** The loop; likewise. */
  NetLoop loop() {
    return transport().loop();
  }

  /** Sends one event of a subprotocol if there is a session with the peer. */
  void send(long nodeId, int subprotocol, byte[] event) {
    Peer peer = peers.find(nodeId);
    if (peer != null) {
      var unused = peer.session().send(subprotocol, Unpooled.wrappedBuffer(event));
    }
  }

  /** Sends a datagram outside of any session. */
  void sendPlain(InetSocketAddress to, byte[] datagram) {
    NetTransport now = transport;
    if (now != null) {
      now.sendPlain(to, Unpooled.wrappedBuffer(datagram));
    }
  }

  /** Runs something on the loop, unless it has ended; answers whether it will run. */
  boolean execute(Runnable task) {
    try {
      loop().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * Makes a call whose result the loop brings, and waits for it.
   *
   * @throws NetException {@code INVALID_ARGUMENT} on the loop itself, which would wait for ever
   */
  <T> T await(Supplier<CompletableFuture<T>> call) {
    if (loop().inLoop()) {
      throw new NetException(
          NetError.INVALID_ARGUMENT,
          "this call waits for the network and cannot be made on its thread; the async one can");
    }
    return NodeErrors.await(call.get());
  }

  /**
   * Runs something on the loop and waits for its result.
   *
   * @throws NetException {@code SHUTTING_DOWN} if the loop has ended
   */
  <T> T call(Supplier<T> body) {
    if (loop().inLoop()) {
      return body.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    boolean taken =
        execute(
            () -> {
              try {
                result.complete(body.get());
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    if (!taken) {
      throw NodeErrors.closed();
    }
    return NodeErrors.await(result);
  }
}
