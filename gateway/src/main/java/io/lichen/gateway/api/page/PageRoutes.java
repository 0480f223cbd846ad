// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.page;

import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import io.lichen.gateway.http.StaticFiles;

/**
 * The dashboard at {@code /}, its parts below {@code /dashboard/}. It says nothing of the node and
 * so needs no token: it asks for one when the API does.
 */
public final class PageRoutes implements ApiRoutes {
  private static final String FOLDER = "/dashboard/";

  /** The page loads nothing from elsewhere, runs nothing that stands in it, and is in no frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private final StaticFiles files =
      StaticFiles.resources(PageRoutes.class, "/io/lichen/gateway/dashboard");

  @Override
  public void addTo(Router router) {
    router.get("/", request -> answer(request, "index.html"));
    router.get(FOLDER + ":file", request -> answer(request, request.param("file")));
  }

  @Override
  public boolean isPublic(String path) {
    return path.equals("/") || path.startsWith(FOLDER);
  }

  private Response answer(Request request, String name) {
    return files.answer(request, name).withHeader("Content-Security-Policy", POLICY);
  }
}
