// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.routes;

import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an error answer says (docs/gateway.md, "Errors").
 *
 * @param status 400 to 599
 * @param code the number of the native API, or a short text of ours
 * @param name the native's name of it, or the text in capitals
 * @param message for people
 */
public record ApiError(int status, Object code, String name, String message) {
  /** A fault of this program. */
  static final ApiError FAULT =
      of(500, "internal", "something went wrong; the log has it under this id");

  /** One of ours. */
  public static ApiError of(int status, String code, String message) {
    return new ApiError(status, code, code.toUpperCase(Locale.ROOT), message);
  }

  /** What a handler has thrown; nothing of a fault of this program shows. */
  public static ApiError of(Exception error) {
    return switch (error) {
      case NativeErrors.Refused e -> e.error();
      case HttpException e -> of(e.status(), e.code(), String.valueOf(e.getMessage()));
      default -> FAULT;
    };
  }

  /** As the answer to a request. */
  public Response response(String id) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("code", code);
    members.put("name", name);
    members.put("message", message);
    members.put("id", id);
    return Response.json(Map.of("error", members)).withStatus(status);
  }
}
