// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.routes;

import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.gateway.http.Handler;
import io.lichen.gateway.http.HttpException;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;

/** The status of each error that a node answers with (docs/gateway.md, "Errors"). */
public final class NativeErrors {
  private NativeErrors() {}

  /** A handler whose node may refuse: what it says is an answer, and no fault of this program. */
  public static Handler told(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (RuntimeException e) {
        ApiError error = of(e);
        throw error.equals(ApiError.FAULT) ? e : new Refused(error, e);
      }
    };
  }

  /** What a node's refusal says; that of anything else tells nothing. */
  public static ApiError of(RuntimeException error) {
    return switch (error) {
      case MossException e ->
          new ApiError(status(e.error()), e.error().code(), "MOSS_ERR_" + e.error(), text(e));
      case NetException e ->
          new ApiError(status(e.error()), e.error().code(), "NET_ERR_" + e.error(), text(e));
      case EventBusException e ->
          new ApiError(status(e.error()), e.error().code(), "NET_ERR_" + e.error(), text(e));
      case RedexException e ->
          new ApiError(
              status(e.error()), RedexException.NATIVE_CODE, "REDEX_" + e.error(), text(e));
      default -> ApiError.FAULT;
    };
  }

  /** A refusal of a node on its way to the client. */
  static final class Refused extends HttpException {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    Refused(ApiError error, RuntimeException cause) {
      super(error.status(), String.valueOf(error.code()), error.message());
      initCause(cause);
      this.error = error;
    }

    ApiError error() {
      return error;
    }
  }

  private static int status(MossError error) {
    return switch (error) {
      case OK, INVALID_HANDLE, INTERNAL, LISTEN_FAILED -> 500;
      case ALREADY_STARTED -> 409;
      case NOT_STARTED, NO_PEERS -> 503;
      case INVALID_CHANNEL, CONFIG_INVALID -> 400;
      case MESSAGE_TOO_LARGE -> 413;
      case TRACKER_FAIL, CONNECT_FAILED, RELAY_FAILED -> 502;
      case OUT_OF_MEMORY -> 507;
      case NOT_IN_ROOM -> 404;
    };
  }

  private static int status(NetError error) {
    return switch (error) {
      case INVALID_UTF8, INVALID_JSON, INVALID_ARGUMENT, CHANNEL -> 400;
      case CHANNEL_AUTH, TOKEN_NOT_AUTHORIZED -> 403;
      case SHUTTING_DOWN, MESH_BACKPRESSURE, MESH_NOT_CONNECTED -> 503;
      case MESH_HANDSHAKE, MESH_TRANSPORT -> 502;
      default -> 500;
    };
  }

  private static int status(EventBusError error) {
    return switch (error) {
      // A poll fails for one reason, which is a cursor that cannot be read.
      case INVALID_UTF8, INVALID_JSON, INT_OVERFLOW, INVALID_ARGUMENT, POLL_FAILED -> 400;
      case INGESTION_FAILED, SHUTTING_DOWN -> 503;
      case INIT_FAILED, BUFFER_TOO_SMALL, UNKNOWN -> 500;
    };
  }

  private static int status(RedexError error) {
    return switch (error) {
      case NAME -> 400;
      case PAYLOAD_TOO_LARGE -> 413;
      case CONFIG, SEQ_MISMATCH, CLOSED, LAGGED, NOT_LEADER, UNACKNOWLEDGED -> 409;
      case IO, POISONED, DAMAGED -> 500;
    };
  }

  private static String text(Exception error) {
    return String.valueOf(error.getMessage());
  }
}
