// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.SendVerdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** How failures of the layers below are told to the application. */
final class NodeErrors {
  private NodeErrors() {}

  /** What a transport's failure is called. */
  static NetException of(Throwable failure) {
    Throwable cause = unwrap(failure);
    if (cause instanceof NetException known) {
      return known;
    }
    if (cause instanceof NetTransportException transport) {
      return new NetException(error(transport.reason()), String.valueOf(cause.getMessage()), cause);
    }
    if (cause instanceof IllegalArgumentException) {
      return new NetException(NetError.INVALID_ARGUMENT, String.valueOf(cause.getMessage()), cause);
    }
    return new NetException(NetError.UNKNOWN, "a fault of this program: " + cause, cause);
  }

  private static NetError error(NetTransportException.Reason reason) {
    return switch (reason) {
      case BIND_FAILED -> NetError.MESH_INIT;
      case TIMEOUT, ALREADY_CONNECTING, ALREADY_STARTED, BAD_KEY, TABLE_FULL ->
          NetError.MESH_HANDSHAKE;
      case CLOSED -> NetError.SHUTTING_DOWN;
    };
  }

  /** What a refused send is called. */
  static NetException of(SendVerdict verdict, String what) {
    return switch (verdict) {
      case FULL -> new NetException(NetError.MESH_BACKPRESSURE, what + ": no room");
      case TOO_LARGE -> new NetException(NetError.MESH_TRANSPORT, what + ": too large");
      case CLOSED, SENT ->
          new NetException(NetError.MESH_NOT_CONNECTED, what + ": the session has ended");
    };
  }

  static NetException notConnected(long nodeId) {
    return new NetException(
        NetError.MESH_NOT_CONNECTED,
        "there is no session with node " + Long.toUnsignedString(nodeId));
  }

  static NetException closed() {
    return new NetException(NetError.SHUTTING_DOWN, "the node is closed");
  }

  /** What a future brings, or what it failed with. */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw of(e);
    }
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
