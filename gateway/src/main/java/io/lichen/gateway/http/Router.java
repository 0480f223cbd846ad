// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.lichen.gateway.http.route.RoutePattern;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Which handler answers which request. Routes and middleware are added first, by one thread; then
 * any number of threads may ask for answers.
 *
 * <p>Patterns: {@code /a/b} as it stands; {@code :name} is one segment that is not empty; {@code *}
 * the same without a name; {@code **} any number of segments. A pattern has at most one star of
 * either kind; what it stood for is the parameter {@code _}. Segments are compared after they have
 * been decoded, each on its own: {@code %2F} never separates. A slash at the end counts. Static
 * routes come before patterns, a method's own before those of {@link #all}, and among patterns the
 * earlier one wins.
 *
 * <p>HEAD goes to GET routes that have no HEAD beside them, OPTIONS is answered with the methods of
 * a path, a path without a route with 404, one without this method with 405, and a target that can
 * not be decoded with 400.
 *
 * <p>What adds throws {@link IllegalArgumentException} for a bad pattern, and {@link
 * IllegalStateException} once the first request has been answered.
 */
public final class Router {
  private final Dispatch dispatch;
  private final String prefix;

  /** A router without a route. */
  public Router() {
    this(new Dispatch(), "");
  }

  private Router(Dispatch dispatch, String prefix) {
    this.dispatch = dispatch;
    this.prefix = prefix;
  }

  /** Answers requests of a method; replaces an earlier route of the same method and pattern. */
  public Router on(String method, String pattern, Handler handler) {
    dispatch.open().route(method, pattern(pattern), handler);
    return this;
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
   * those that are none; without one they get 426. No GET route answers an upgrade request.
   */
  public Router webSocket(String pattern, WebSocketHandler handler) {
    dispatch.open().webSocket(pattern(pattern), handler);
    return this;
  }

  /**
   * What {@code routes} adds stands below {@code base}, middleware as well; groups nest. A pattern
   * may be empty there: the base itself.
   */
  public Router group(String base, Consumer<Router> routes) {
    routes.accept(new Router(dispatch, prefix + checked(base)));
    return this;
  }

  /** Stands around everything, or in a group around everything below the group's base. */
  public Router use(Middleware middleware) {
    return use("", middleware);
  }

  /**
   * Stands around requests at and below {@code base}: {@code /api} covers {@code /api/x}, not
   * {@code /apix}. Whatever was added first is furthest outside, across groups, too. Middleware
   * runs for 404 and 405 and for upgrades as well; that without a base even for a target that can
   * not be decoded.
   */
  public Router use(String base, Middleware middleware) {
    dispatch.open().use(RoutePattern.below(prefix + checked(base)), middleware);
    return this;
  }

  /**
   * Makes the answers to errors, 404 and 405 among them; by default JSON without internals, with an
   * id that is logged. For the whole router, also when it is called in a group.
   */
  public Router onError(ErrorHandler handler) {
    dispatch.open().onError(handler);
    return this;
  }

  /**
   * Every route that was added, sorted: method, space, pattern, as in {@code GET /v1/info}. The
   * method of WebSockets is {@code WS}, that of {@link #all} {@code *}.
   */
  public SortedSet<String> routes() {
    return dispatch.all();
  }

  /** Answers a request; on a thread that may block. Throws nothing. */
  public Answer answer(Request request) {
    return dispatch.answer(request);
  }

  private RoutePattern pattern(String pattern) {
    if (!pattern.isEmpty() && !pattern.startsWith("/")) {
      throw new IllegalArgumentException("pattern '" + pattern + "' does not begin with a slash");
    }
    return RoutePattern.of(prefix + pattern);
  }

  private static String checked(String base) {
    if (base.isEmpty() || base.equals("/")) {
      return "";
    }
    if (!base.startsWith("/") || base.endsWith("/")) {
      throw new IllegalArgumentException(
          "base '" + base + "' does not begin with a slash, or ends with one");
    }
    return base;
  }
}
