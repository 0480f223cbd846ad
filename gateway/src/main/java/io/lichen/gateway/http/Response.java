// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer. Immutable: the {@code with} methods give another one. The default type follows from
 * the body; a {@code Content-Type} that was set wins.
 *
 * @param status 200 to 599, or 101 for an upgrade
 */
public record Response(int status, Headers headers, List<Cookie> cookies, Body body) {
  private static final String CONTENT_TYPE = "Content-Type";

  /** Checks the status. */
  public Response {
    if (status != 101 && (status < 200 || status > 599)) {
      throw new IllegalArgumentException("status " + status + " is not 200 to 599");
    }
    cookies = List.copyOf(cookies);
  }

  /** A status without a body. */
  public static Response of(int status) {
    return new Response(status, Headers.none(), List.of(), new Body.Empty());
  }

  /** 200 with text. */
  public static Response text(String text) {
    return typed("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** 200 with HTML. */
  public static Response html(String html) {
    return typed("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  /** 200 with bytes; they are not copied. */
  public static Response bytes(byte[] bytes) {
    return typed("application/octet-stream", bytes);
  }

  /** 200 with JSON of a value that Jackson can write. */
  public static Response json(Object value) {
    return typed("application/json; charset=utf-8", Json.bytes(value));
  }

  /** 200 with server-sent events. */
  public static Response events(EventSource source) {
    return of(200)
        .with(new Body.Events(source))
        .withHeader(CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .withHeader("Cache-Control", "no-store");
  }

  /** The connection becomes a WebSocket; only for upgrade requests. */
  public static Response webSocket(WebSocketHandler handler) {
    return of(101).with(new Body.Upgrade(handler));
  }

  /** This answer with another status. */
  public Response withStatus(int other) {
    return new Response(other, headers, cookies, body);
  }

  /** This answer with {@code value} as the only one of this name; see {@link Headers#set}. */
  public Response withHeader(String name, String value) {
    return new Response(status, headers.set(name, value), cookies, body);
  }

  /** This answer with one more field; see {@link Headers#add}. */
  public Response addHeader(String name, String value) {
    return new Response(status, headers.add(name, value), cookies, body);
  }

  /** This answer with one more cookie, each in a {@code Set-Cookie} line of its own. */
  public Response withCookie(Cookie cookie) {
    List<Cookie> more = new ArrayList<>(cookies);
    more.add(cookie);
    return new Response(status, headers, more, body);
  }

  /** This answer with another body. */
  public Response with(Body other) {
    return new Response(status, headers, cookies, other);
  }

  private static Response typed(String type, byte[] bytes) {
    return of(200).with(new Body.Bytes(bytes)).withHeader(CONTENT_TYPE, type);
  }
}
