// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.security;

import io.lichen.gateway.api.routes.ApiError;
import io.lichen.gateway.http.Handler;
import io.lichen.gateway.http.Middleware;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who may come in (docs/gateway.md, "Security"): by the name of this host that was used,
 * the page that asks, and the token. Everything needs the token but what is said to be public.
 */
public final class Guard implements Middleware {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String BEARER = "bearer ";

  private final Access access;
  private final Predicate<String> isPublic;

  /**
   * Makes one.
   *
   * @param isPublic whether the route with this pattern needs no token
   */
  public Guard(Access access, Predicate<String> isPublic) {
    this.access = access;
    this.isPublic = isPublic;
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    Response refusal = refusal(request);
    Response response = refusal == null ? next.handle(request) : refusal;
    return response
        .withHeader("X-Content-Type-Options", "nosniff")
        // A token may stand in the query.
        .withHeader("Referrer-Policy", "no-referrer");
  }

  private @Nullable Response refusal(Request request) {
    if (!isNamedRightly(request)) {
      return refuse(
          421,
          "misdirected",
          "this gateway is not '" + request.header("Host") + "': see allowedHosts");
    }
    if (isForeign(request) && (request.isUpgrade() || !SAFE_METHODS.contains(request.method()))) {
      return refuse(
          403, "foreign_origin", "a page of '" + request.header("Origin") + "' may not do this");
    }
    if (!hasToken(request) && !isPublic.test(request.route())) {
      return refuse(401, "unauthorized", "give the token: 'Authorization: Bearer …'")
          .withHeader("WWW-Authenticate", "Bearer realm=\"lichen\"");
    }
    return null;
  }

  private boolean isNamedRightly(Request request) {
    String host = request.header("Host");
    return access.hosts().isEmpty() || (host != null && access.hosts().contains(name(host)));
  }

  /** Without the port; an IPv6 address keeps its brackets. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  /** Whether a page asks that is neither of this gateway nor one of those that may. */
  private boolean isForeign(Request request) {
    String origin = request.header("Origin");
    if (origin == null || access.origins().contains(origin)) {
      return false;
    }
    int scheme = origin.indexOf("://");
    String authority = scheme < 0 ? origin : origin.substring(scheme + "://".length());
    return scheme < 0 || !authority.equalsIgnoreCase(request.header("Host"));
  }

  private boolean hasToken(Request request) {
    String token = access.token();
    return token == null || isSame(token, bearer(request)) || isSame(token, inQuery(request));
  }

  private static @Nullable String bearer(Request request) {
    String given = request.header("Authorization");
    if (given == null || !given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    return given.substring(BEARER.length()).strip();
  }

  /** Browsers can give WebSockets and event streams no header, so these may show it here. */
  private static @Nullable String inQuery(Request request) {
    String accepted = request.header("Accept");
    boolean stream = accepted != null && accepted.contains("text/event-stream");
    return request.isUpgrade() || stream ? request.query("token") : null;
  }

  /** Takes the same time wherever the two differ. */
  private static boolean isSame(String token, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static Response refuse(int status, String code, String message) {
    return ApiError.of(status, code, message).response("");
  }
}
