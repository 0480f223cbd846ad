// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Response;
import java.util.Map;

/** Answers that the server gives by itself, before a router has seen anything. */
enum Refusal {
  BAD_REQUEST(400, "bad_request", "this is no request of HTTP/1.1"),
  TIMEOUT(408, "timeout", "the request did not come in time"),
  BODY_TOO_LARGE(413, "body_too_large", "the body is larger than this server takes"),
  TARGET_TOO_LONG(414, "target_too_long", "the request line is longer than this server takes"),
  BAD_EXPECTATION(417, "bad_expectation", "only 100-continue can be expected"),
  BAD_WEBSOCKET(400, "bad_websocket", "Sec-WebSocket-Key must be 16 bytes in base64"),
  NO_UPGRADE(426, "upgrade_required", "this is a WebSocket of version 13"),
  HEADERS_TOO_LARGE(431, "headers_too_large", "the header is larger than this server takes"),
  INTERNAL(500, "internal", "the answer could not be made"),
  NOT_IMPLEMENTED(501, "not_implemented", "chunked is the only transfer coding"),
  FULL(503, "too_many_websockets", "this server has as many WebSockets as it takes"),
  BAD_VERSION(505, "bad_version", "this server speaks HTTP/1.1 and 1.0");

  private final int status;
  private final String code;
  private final String message;

  Refusal(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  /** The shape that routers give to errors, too. */
  Response response() {
    Response response =
        Response.json(Map.of("error", Map.of("code", code, "name", name(), "message", message)))
            .withStatus(status);
    return this == NO_UPGRADE
        ? response.withHeader("Sec-WebSocket-Version", "13").withHeader("Upgrade", "websocket")
        : response;
  }
}
