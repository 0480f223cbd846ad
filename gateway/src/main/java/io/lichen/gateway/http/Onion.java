// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.lichen.gateway.http.route.RoutePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The skins around every handler: middleware in the order in which it was added. */
final class Onion {
  private final List<Skin> skins = new ArrayList<>();
  private final Errors errors;

  Onion(Errors errors) {
    this.errors = errors;
  }

  private record Skin(RoutePattern below, Middleware middleware) {}

  void add(RoutePattern below, Middleware middleware) {
    skins.add(new Skin(below, middleware));
  }

  /** {@code core} with the skins that a path has; what is returned throws nothing. */
  Handler around(Handler core, List<String> path) {
    Handler whole = safe(core);
    for (Skin skin : skins.reversed()) {
      if (skin.below().matches(path)) {
        Handler inner = whole;
        whole = safe(request -> enter(skin.middleware(), request, inner));
      }
    }
    return whole;
  }

  private static Response enter(Middleware middleware, Request request, Handler inner)
      throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Response response =
        middleware.handle(
            request,
            given -> calls.getAndIncrement() == 0 ? inner.handle(given) : Response.of(500));
    if (calls.get() > 1) {
      throw new IllegalStateException(middleware + " called next " + calls + " times, not once");
    }
    return response;
  }

  /** Right around the handler, so that what is further outside sees an answer in any case. */
  private Handler safe(Handler handler) {
    return request -> {
      try {
        Response response = handler.handle(request);
        return response != null
            ? response
            : errors.answer(request, new IllegalStateException("a handler returned null"));
      } catch (Throwable thrown) {
        return errors.answer(request, thrown);
      }
    };
  }
}
