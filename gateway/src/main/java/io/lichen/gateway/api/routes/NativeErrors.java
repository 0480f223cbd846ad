// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.routes;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;

/** The status of each error that a node answers with (docs/gateway.md, "Errors"). */
final class NativeErrors {
  private static final ApiError FAULT =
      ApiError.of(500, "internal", "something went wrong; the log has it under this id");

  private NativeErrors() {}

  static ApiError of(Exception error) {
    return switch (error) {
      case MossException e ->
          new ApiError(status(e.error()), e.error().code(), "MOSS_ERR_" + e.error(), text(e));
      case NetException e ->
          new ApiError(status(e.error()), e.error().code(), "NET_ERR_" + e.error(), text(e));
      default -> FAULT;
    };
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

  private static String text(Exception error) {
    return String.valueOf(error.getMessage());
  }
}
