// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers of what was thrown. Throws nothing itself, whatever the user's handler does. */
final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  private ErrorHandler handler = Errors::json;

  void use(ErrorHandler other) {
    handler = other;
  }

  /** The answer to a request at which {@code thrown} was thrown. */
  Response answer(Request request, Throwable thrown) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Exception error = prepare(request, thrown, id);
    try {
      Response response = handler.handle(request, error, id);
      if (response != null) {
        return response;
      }
      LOG.error("the error handler returned null, error id {}", id);
    } catch (Exception e) {
      LOG.error("the error handler failed, error id {}", id, e);
    }
    return json(request, error, id);
  }

  /** The answer of routers that have no error handler of their own. */
  static Response json(Request request, Exception error, String id) {
    HttpException told =
        error instanceof HttpException known
            ? known
            : new HttpException(500, "internal_error", "The request failed; the log says why.");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("code", told.code());
    fields.put("name", told.code().toUpperCase(Locale.ROOT));
    fields.put("message", String.valueOf(told.getMessage()));
    fields.put("id", id);
    return Response.json(Map.of("error", fields)).withStatus(told.status());
  }

  /** Logs what is a fault of ours; a request that was refused on purpose is none. */
  private static Exception prepare(Request request, Throwable thrown, String id) {
    if (thrown instanceof HttpException refused) {
      String why = refused.getMessage();
      LOG.debug("{} {} refused, error id {}: {}", request.method(), request.route(), id, why);
      return refused;
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new HttpException(503, "stopping", "The server stops; try again.");
    }
    LOG.error("{} {} failed, error id {}", request.method(), request.route(), id, thrown);
    return thrown instanceof Exception e ? e : new IllegalStateException(thrown);
  }
}
