// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.routes;

import io.lichen.gateway.http.HttpServer;
import io.lichen.gateway.http.Router;
import java.util.Map;

/**
 * A group of routes of the node API. Handlers that ask a node are added through {@link
 * NativeErrors#told}. A gateway calls {@link #addTo} and {@link #serving} once, in this order, and
 * {@link #close} at its end; the others at any time, from any thread.
 */
public interface ApiRoutes extends AutoCloseable {
  /** Adds its routes. */
  void addTo(Router router);

  /** The server listens; for those that send to its WebSockets unasked. */
  default void serving(HttpServer server) {}

  /** Sets its members of {@code /v1/info}; those of parts that do not run are null there. */
  default void describe(Map<String, Object> info) {}

  /** Whether what it gives access to has been started, for {@code /readyz}. */
  default boolean isReady() {
    return true;
  }

  /**
   * Whether a route of its own needs no token, because there is nothing to see that nobody should.
   *
   * @param route the pattern under which it was added
   */
  default boolean isPublic(String route) {
    return false;
  }

  /** Requests that wait for something are answered, and no more is sent. The server stops next. */
  @Override
  default void close() {}
}
