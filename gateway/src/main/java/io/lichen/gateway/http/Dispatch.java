// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.lichen.gateway.http.route.Match;
import io.lichen.gateway.http.route.RoutePattern;
import io.lichen.gateway.http.route.Routes;
import io.lichen.gateway.http.route.Target;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** From a request to its handler: the tables of routes, and what is answered without a route. */
final class Dispatch {
  private static final String ANY = "*";

  private final Routes<Handler> routes = new Routes<>();
  private final Routes<Handler> sockets = new Routes<>();
  private final Errors errors = new Errors();
  private final Onion onion = new Onion(errors);
  private volatile boolean asked;

  /** For adding: as one thread writes and many read later, nothing changes once they read. */
  Dispatch open() {
    if (asked) {
      throw new IllegalStateException("the router answers already; routes have to be added before");
    }
    return this;
  }

  void route(String method, RoutePattern pattern, Handler handler) {
    routes.put(method, pattern, handler);
  }

  void webSocket(RoutePattern pattern, WebSocketHandler handler) {
    sockets.put("GET", pattern, request -> Response.webSocket(handler));
  }

  void use(RoutePattern below, Middleware middleware) {
    onion.add(below, middleware);
  }

  void onError(ErrorHandler handler) {
    errors.use(handler);
  }

  Answer answer(Request request) {
    if (!asked) {
      asked = true;
    }
    Target target = Target.parse(request.target());
    // Of a target without a meaning only the middleware around everything gets to know.
    List<String> path = target == null ? List.of() : target.segments();
    Match<Handler> found = target == null ? none(Dispatch::refuseTarget) : find(request, path);
    Request routed = request.withRoute(found.pattern(), found.params());
    Response response = run(onion.around(found.value(), path), routed);
    return new Answer(routed, response);
  }

  SortedSet<String> all() {
    SortedSet<String> all = routes.all();
    sockets.all().forEach(route -> all.add(route.replaceFirst("GET", "WS")));
    return all;
  }

  private Response run(Handler whole, Request request) {
    try {
      Response response = whole.handle(request);
      boolean upgrade = response.body() instanceof Body.Upgrade;
      if (upgrade != (response.status() == 101) || (upgrade && !request.isUpgrade())) {
        throw new IllegalStateException(
            "status 101 and a WebSocket belong together, and to an upgrade request");
      }
      return response;
    } catch (Exception e) {
      return errors.answer(request, e);
    }
  }

  private Match<Handler> find(Request request, List<String> path) {
    if (request.isUpgrade()) {
      Match<Handler> socket = sockets.find(List.of("GET"), path);
      return socket != null ? socket : none(Dispatch::notFound);
    }
    Match<Handler> route = routes.find(methods(request.method()), path);
    return route != null ? route : none(without(request.method(), path));
  }

  /** Whose routes may answer a method, the best first. */
  private static List<String> methods(String method) {
    return method.equals("HEAD") ? List.of(method, "GET", ANY) : List.of(method, ANY);
  }

  private Handler without(String method, List<String> path) {
    SortedSet<String> allowed = allowed(path);
    if (allowed.isEmpty()) {
      return Dispatch::notFound;
    }
    String allow = String.join(", ", allowed);
    if (method.equals("OPTIONS")) {
      return request -> Response.of(204).withHeader("Allow", allow);
    }
    return allowed.contains(method)
        ? request -> upgradeRequired(request)
        : request -> notAllowed(request, allow);
  }

  private SortedSet<String> allowed(List<String> path) {
    SortedSet<String> allowed = routes.methods(path);
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    allowed.addAll(sockets.methods(path));
    if (!allowed.isEmpty()) {
      allowed.add("OPTIONS");
    }
    return allowed;
  }

  private Response notAllowed(Request request, String allow) {
    String message = "Here only " + allow + " are answered, not " + request.method() + ".";
    return errors
        .answer(request, new HttpException(405, "method_not_allowed", message))
        .withHeader("Allow", allow);
  }

  private Response upgradeRequired(Request request) {
    String message = "Here is a WebSocket; ask for an upgrade.";
    return errors
        .answer(request, new HttpException(426, "upgrade_required", message))
        .withHeader("Upgrade", "websocket");
  }

  private static Response notFound(Request request) {
    throw new HttpException(404, "not_found", "Not Found");
  }

  private static Response refuseTarget(Request request) {
    throw new HttpException(
        400, "bad_target", "A target begins with a slash and is percent-encoded UTF-8.");
  }

  private static Match<Handler> none(Handler handler) {
    return new Match<>("", Map.of(), handler);
  }
}
