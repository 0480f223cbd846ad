// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets pages of other origins read answers (the Fetch standard, "CORS protocol"). Without this
 * middleware none can. Add it before middleware that asks for a login: browsers send none with a
 * preflight. Immutable: the {@code with} methods give another one.
 */
public final class Cors implements Middleware {
  private static final String ANY = "*";
  private static final String ASKED_METHOD = "Access-Control-Request-Method";
  private static final String ASKED_HEADERS = "Access-Control-Request-Headers";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s]+");

  private final Set<String> origins;
  private final Rules rules;

  private Cors(Set<String> origins, Rules rules) {
    this.origins = origins;
    this.rules = rules;
  }

  /**
   * @param methods that are allowed; empty: whichever is asked for
   * @param headers as methods
   */
  private record Rules(
      String methods, String headers, String exposed, boolean credentials, Duration maxAge) {}

  /**
   * For pages of these origins and no others.
   *
   * @param origins as browsers write them: {@code https://example.org:8443}
   * @throws IllegalArgumentException when one is none; {@code *} is {@link #anyOrigin}
   */
  public static Cors of(String... origins) {
    for (String origin : origins) {
      if (!ORIGIN.matcher(lower(origin)).matches()) {
        throw new IllegalArgumentException(
            "'" + origin + "' is no origin, which is a scheme, :// and a host, maybe a port");
      }
    }
    Set<String> known = Stream.of(origins).map(Cors::lower).collect(Collectors.toSet());
    return new Cors(known, new Rules("", "", "", false, Duration.ofDays(1)));
  }

  /** For every page there is; never with credentials. */
  public static Cors anyOrigin() {
    return new Cors(Set.of(ANY), new Rules("", "", "", false, Duration.ofDays(1)));
  }

  /** With these methods only, beside those that need no permission. */
  public Cors withMethods(String... methods) {
    return with(
        new Rules(list(methods), rules.headers, rules.exposed, rules.credentials, rules.maxAge));
  }

  /** With these request header fields only, beside those that need no permission. */
  public Cors withHeaders(String... names) {
    return with(
        new Rules(rules.methods, list(names), rules.exposed, rules.credentials, rules.maxAge));
  }

  /** Pages may read these response header fields, too. */
  public Cors withExposedHeaders(String... names) {
    return with(
        new Rules(rules.methods, rules.headers, list(names), rules.credentials, rules.maxAge));
  }

  /**
   * With cookies and logins of the browser.
   *
   * @throws IllegalStateException for {@link #anyOrigin}
   */
  public Cors withCredentials() {
    if (origins.contains(ANY)) {
      throw new IllegalStateException("credentials go to origins that are listed, not to all");
    }
    return with(new Rules(rules.methods, rules.headers, rules.exposed, true, rules.maxAge));
  }

  /** How long browsers may remember a preflight's answer. Default: a day. */
  public Cors withMaxAge(Duration age) {
    return with(new Rules(rules.methods, rules.headers, rules.exposed, rules.credentials, age));
  }

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    String origin = request.header("Origin");
    if (origin == null || !knows(origin)) {
      return varied(next.handle(request));
    }
    Response response = isPreflight(request) ? preflight(request) : exposed(next.handle(request));
    if (rules.credentials) {
      response = response.withHeader("Access-Control-Allow-Credentials", "true");
    }
    String allowed = origins.contains(ANY) ? ANY : origin;
    return varied(response.withHeader("Access-Control-Allow-Origin", allowed));
  }

  private boolean knows(String origin) {
    return origins.contains(ANY) || origins.contains(lower(origin));
  }

  private static boolean isPreflight(Request request) {
    return request.method().equals("OPTIONS") && request.headers().has(ASKED_METHOD);
  }

  private Response preflight(Request request) {
    return Response.of(204)
        .withHeader("Access-Control-Max-Age", Long.toString(rules.maxAge.toSeconds()))
        .withHeader("Access-Control-Allow-Methods", granted(rules.methods, request, ASKED_METHOD))
        .withHeader("Access-Control-Allow-Headers", granted(rules.headers, request, ASKED_HEADERS));
  }

  /** What the rules say; without a rule whatever is asked for. */
  private static String granted(String rule, Request request, String field) {
    String asked = request.headers().get(field);
    return rule.isEmpty() && asked != null ? asked : rule;
  }

  private Response exposed(Response response) {
    return rules.exposed.isEmpty()
        ? response
        : response.withHeader("Access-Control-Expose-Headers", rules.exposed);
  }

  /** Caches must not give one origin what another one got. */
  private Response varied(Response response) {
    return origins.contains(ANY) ? response : response.addHeader("Vary", "Origin");
  }

  private Cors with(Rules other) {
    return new Cors(origins, other);
  }

  private static String list(String... names) {
    return String.join(", ", List.of(names));
  }

  private static String lower(String origin) {
    return origin.toLowerCase(Locale.ROOT);
  }
}
