// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import io.lichen.gateway.api.page.PageRoutes;
import io.lichen.gateway.api.routes.ApiError;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.api.routes.SystemRoutes;
import io.lichen.gateway.api.security.Access;
import io.lichen.gateway.api.security.Guard;
import io.lichen.gateway.http.Cors;
import io.lichen.gateway.http.HttpServer;
import io.lichen.gateway.http.Router;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * HTTP and WebSocket access to nodes of this process (docs/gateway.md). Thread-safe. It stops
 * neither of its nodes; close it before them.
 */
public final class Gateway implements AutoCloseable {
  private final List<ApiRoutes> groups;
  private final SortedSet<String> routes;
  private final HttpServer server;

  private Gateway(List<ApiRoutes> groups, SortedSet<String> routes, HttpServer server) {
    this.groups = groups;
    this.routes = routes;
    this.server = server;
  }

  /** Describes a gateway; without a node it only says that it lives. */
  public static GatewayBuilder builder() {
    return new GatewayBuilder();
  }

  static Gateway start(List<ApiRoutes> parts, Access access, Function<Router, HttpServer> opener) {
    List<ApiRoutes> groups = new ArrayList<>(parts);
    groups.add(new SystemRoutes(version(), parts));
    groups.add(new PageRoutes());
    try {
      Router router = router(groups, access);
      HttpServer server = opener.apply(router);
      groups.forEach(group -> group.serving(server));
      return new Gateway(groups, router.routes(), server);
    } catch (RuntimeException e) {
      groups.forEach(ApiRoutes::close);
      throw e;
    }
  }

  private static Router router(List<ApiRoutes> groups, Access access) {
    Router router = new Router();
    router.onError((request, error, id) -> ApiError.of(error).response(id));
    if (!access.origins().isEmpty()) {
      // Before the guard: a browser asks for permission without a token.
      router.use(Cors.of(access.origins().toArray(String[]::new)));
    }
    router.use(
        new Guard(access, route -> groups.stream().anyMatch(group -> group.isPublic(route))));
    groups.forEach(group -> group.addTo(router));
    return router;
  }

  private static String version() {
    String version = Gateway.class.getPackage().getImplementationVersion();
    return version == null ? "(unpacked)" : version;
  }

  /** Its routes, as {@link Router#routes} names them. */
  SortedSet<String> routes() {
    return routes;
  }

  /** Where it listens, with the port that the system chose. */
  public InetSocketAddress address() {
    return server.address();
  }

  /**
   * Ends what clients wait for, closes WebSockets with 1001, and frees the port within two seconds.
   * Idempotent.
   */
  @Override
  public void close() {
    groups.forEach(ApiRoutes::close);
    server.close();
  }
}
