// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.gateway.http.body.BodyText;
import io.lichen.gateway.http.body.CookiePairs;
import io.lichen.gateway.http.body.JsonBody;
import io.lichen.gateway.http.body.MediaType;
import io.lichen.gateway.http.body.Multipart;
import io.lichen.gateway.http.body.Pairs;
import io.lichen.gateway.http.route.Target;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
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
  private final Map<Class<?>, Object> notes;

  private Request(
      String method,
      String target,
      Headers headers,
      byte[] body,
      InetSocketAddress remote,
      String route,
      Map<String, String> params,
      Map<Class<?>, Object> notes) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.remote = remote;
    this.route = route;
    this.params = params;
    this.notes = notes;
  }

  /**
   * A request as it came, before a route was found for it; also for tests of handlers.
   *
   * @param target path and query, not decoded
   * @param body not copied
   */
  public static Request of(
      String method, String target, Headers headers, byte[] body, InetSocketAddress remote) {
    return new Request(method, target, headers, body, remote, "", Map.of(), Map.of());
  }

  /** This request with the route that was found for it. */
  Request withRoute(String pattern, Map<String, String> values) {
    return new Request(method, target, headers, body, remote, pattern, Map.copyOf(values), notes);
  }

  /**
   * This request with something that a middleware has found out, for what is further inside; in
   * place of an earlier note of the same type.
   */
  public <T> Request withNote(Class<T> type, T note) {
    Map<Class<?>, Object> more = new HashMap<>(notes);
    more.put(type, note);
    return new Request(method, target, headers, body, remote, route, params, Map.copyOf(more));
  }

  /** What a middleware has noted of this type, or null. */
  public <T> @Nullable T note(Class<T> type) {
    return type.cast(notes.get(type));
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

  /** The last value of a name in the query, or null; empty when it can not be decoded. */
  public @Nullable String query(String name) {
    return query().get(name);
  }

  /** Every value of a name in the query. */
  public List<String> queryAll(String name) {
    return query().all(name);
  }

  /** The whole query; a plus stands for a space. */
  public Form query() {
    return new Form(Pairs.ofQuery(Target.query(target)));
  }

  /** The value of a cookie, or null. */
  public @Nullable String cookie(String name) {
    return cookies().get(name);
  }

  /** Every cookie by name; of several with one name the first, which has the longest path. */
  public Map<String, String> cookies() {
    return CookiePairs.parse(headers.get("Cookie"));
  }

  /** The body; not copied. */
  public byte[] bodyBytes() {
    return body;
  }

  /**
   * The body as text: UTF-8 unless Content-Type says US-ASCII or ISO-8859-1.
   *
   * @throws BodyException 415 for another charset, 400 for bytes that are none of it
   */
  public String bodyText() {
    return BodyText.decode(body, contentType());
  }

  /**
   * The body as JSON, whatever its type, read strictly: no member twice, none that {@code type}
   * does not have. At most 100 levels, 100 digits in a number, 2^20 characters in a string, 1 000
   * in a name, and 200 000 tokens.
   *
   * @param type a record or class that Jackson can make, or {@link JsonNode}
   * @throws BodyException as {@link #bodyText}, and 400 for what is no JSON or does not fit
   */
  public <T> T bodyJson(Class<T> type) {
    return JsonBody.read(bodyText(), type);
  }

  /**
   * The body as its type says: {@link JsonNode} for JSON, {@link String} for plain text and HTML,
   * and {@code byte[]} for everything else.
   *
   * @throws BodyException as {@link #bodyJson}
   */
  public Object bodyAuto() {
    return switch (MediaType.parse(contentType()).value()) {
      case "application/json" -> bodyJson(JsonNode.class);
      case "text/plain", "text/html" -> bodyText();
      default -> body;
    };
  }

  /**
   * The body as a form of up to 1 000 fields.
   *
   * @throws BodyException 415 for another type than {@code application/x-www-form-urlencoded}, 400
   *     for what can not be decoded
   */
  public Form form() {
    if (!MediaType.parse(contentType()).value().equals("application/x-www-form-urlencoded")) {
      throw BodyException.unsupported("The body is no application/x-www-form-urlencoded.");
    }
    return new Form(Pairs.ofForm(bodyText()));
  }

  /**
   * The body as a form of up to 100 parts, as browsers send it with files.
   *
   * @throws BodyException 415 for another type than {@code multipart/form-data}, 400 for anything
   *     malformed
   */
  public List<Part> multipart() {
    return Multipart.read(body, contentType());
  }

  private @Nullable String contentType() {
    return headers.last("Content-Type");
  }

  /** Whether it asks for the connection to become a WebSocket. */
  public boolean isUpgrade() {
    return method.equals("GET")
        && headers.hasToken("Connection", "upgrade")
        && headers.hasToken("Upgrade", "websocket");
  }
}
