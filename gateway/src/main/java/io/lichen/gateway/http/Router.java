// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.util.function.Consumer;

/**
 * Which handler answers which request. Routes and middleware are added first, by one thread; then
 * any number of threads may ask for answers.
 *
 * <p>Patterns: {@code /a/b} as it stands; {@code :name} is one segment that is not empty; {@code *}
 * the same without a name; {@code **} any number of segments. Static routes come before patterns, a
 * method's own before those of {@link #all}, and among patterns the earlier one wins.
 */
public final class Router {
  /** A router without a route. */
  public Router() {}

  /** Answers requests of a method; replaces an earlier route of the same method and pattern. */
  public Router on(String method, String pattern, Handler handler) {
    throw new UnsupportedOperationException();
  }

  /** {@code on("GET", …)}; answers HEAD, too, without the body. */
  public Router get(String pattern, Handler handler) {
    return on("GET", pattern, handler);
  }

  /** {@code on("POST", …)}. */
  public Router post(String pattern, Handler handler) {
    return on("POST", pattern, handler);
  }

  /** {@code on("PUT", …)}. */
  public Router put(String pattern, Handler handler) {
    return on("PUT", pattern, handler);
  }

  /** {@code on("PATCH", …)}. */
  public Router patch(String pattern, Handler handler) {
    return on("PATCH", pattern, handler);
  }

  /** {@code on("DELETE", …)}. */
  public Router delete(String pattern, Handler handler) {
    return on("DELETE", pattern, handler);
  }

  /** {@code on("HEAD", …)}. */
  public Router head(String pattern, Handler handler) {
    return on("HEAD", pattern, handler);
  }

  /** {@code on("OPTIONS", …)}. */
  public Router options(String pattern, Handler handler) {
    return on("OPTIONS", pattern, handler);
  }

  /** Every method that has no route of its own. */
  public Router all(String pattern, Handler handler) {
    return on("*", pattern, handler);
  }

  /**
   * Upgrade requests become WebSockets of {@code handler}. A GET route of the same pattern answers
   * those that are none.
   */
  public Router webSocket(String pattern, WebSocketHandler handler) {
    throw new UnsupportedOperationException();
  }

  /** What {@code routes} adds stands below {@code base}; groups nest. */
  public Router group(String base, Consumer<Router> routes) {
    throw new UnsupportedOperationException();
  }

  /** Stands around everything that is added here, in the order of the calls. */
  public Router use(Middleware middleware) {
    return use("", middleware);
  }

  /** Stands around requests below {@code base}, on the boundary of a segment. */
  public Router use(String base, Middleware middleware) {
    throw new UnsupportedOperationException();
  }

  /** Makes the answers to errors; by default JSON without internals, with an id that is logged. */
  public Router onError(ErrorHandler handler) {
    throw new UnsupportedOperationException();
  }

  /** Answers a request; on a thread that may block. Throws nothing. */
  public Answer answer(Request request) {
    throw new UnsupportedOperationException();
  }
}
