// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.openapi;

import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The node API as OpenAPI 3.1, which describes every route, also those of parts that do not run.
 */
public final class OpenApiRoutes implements ApiRoutes {
  private static final String DOCUMENT = "openapi.json";

  private final byte[] document = read();

  @Override
  public void addTo(Router router) {
    router.get(
        "/v1/openapi.json",
        _ ->
            Response.bytes(document).withHeader("Content-Type", "application/json; charset=utf-8"));
  }

  private static byte[] read() {
    try (InputStream in = OpenApiRoutes.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException(DOCUMENT + " is missing on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
