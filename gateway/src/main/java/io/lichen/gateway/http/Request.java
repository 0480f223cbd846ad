// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.lichen.gateway.http.route.Target;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request, whole: its body is in memory. Immutable. */
public final class Request {
  private final String method;
  private final String target;
  private final Headers headers;
  private final byte[] body;
  private final InetSocketAddress remote;
  private final String route;
  private final Map<String, String> params;

  private Request(
      String method,
      String target,
      Headers headers,
      byte[] body,
      InetSocketAddress remote,
      String route,
      Map<String, String> params) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.remote = remote;
    this.route = route;
    this.params = params;
  }

  /**
   * A request as it came, before a route was found for it; also for tests of handlers.
   *
   * @param target path and query, not decoded
   * @param body not copied
   */
  public static Request of(
      String method, String target, Headers headers, byte[] body, InetSocketAddress remote) {
    return new Request(method, target, headers, body, remote, "", Map.of());
  }

  /** This request with the route that was found for it. */
  Request withRoute(String pattern, Map<String, String> values) {
    return new Request(method, target, headers, body, remote, pattern, Map.copyOf(values));
  }

  /** GET, POST and so on. */
  public String method() {
    return method;
  }

  /** Path and query as they came. */
  public String target() {
    return target;
  }

  /**
   * The path as it came, not decoded. For logs and links; what a path means, a pattern or a
   * middleware's base says better, as the same path can be written in many ways.
   */
  public String path() {
    return Target.path(target);
  }

  /** Every header field. */
  public Headers headers() {
    return headers;
  }

  /** The values of a field, joined, or null; see {@link Headers#get}. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Who sent it. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** The pattern of the route that was found, or empty. */
  public String route() {
    return route;
  }

  /**
   * A parameter of the route's pattern, decoded; {@code _} is what {@code *} or {@code **} stood
   * for.
   *
   * @throws IllegalArgumentException when the route has no such parameter
   */
  public String param(String name) {
    String value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException("route '" + route + "' has no parameter '" + name + "'");
    }
    return value;
  }

  /** The body; not copied. */
  public byte[] bodyBytes() {
    return body;
  }

  /** Whether it asks for the connection to become a WebSocket. */
  public boolean isUpgrade() {
    return method.equals("GET")
        && headers.hasToken("Connection", "upgrade")
        && headers.hasToken("Upgrade", "websocket");
  }
}
