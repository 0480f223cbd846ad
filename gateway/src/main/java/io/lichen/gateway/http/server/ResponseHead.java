// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Body;
import io.lichen.gateway.http.Response;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/** The header of a response. Framing is the server's business: a handler's fields for it go. */
final class ResponseHead {
  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding", "upgrade");

  private ResponseHead() {}

  /** Fields and cookies of a response, without those that say where its body ends. */
  static HttpHeaders of(Response response) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, clean(value));
              }
            });
    response
        .cookies()
        .forEach(cookie -> headers.add(HttpHeaderNames.SET_COOKIE, cookie.toHeader()));
    return headers;
  }

  /** {@link #of} with the length of the body. */
  static HttpHeaders whole(Response response, long length, boolean toHead, boolean keepAlive) {
    HttpHeaders headers = of(response);
    String own = response.headers().get("Content-Length");
    boolean describesAnother = toHead || response.status() == 304;
    if (describesAnother && own != null && response.body() instanceof Body.Empty) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, clean(own));
    } else if (length >= 0 && mayHaveBody(response)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
    if (response.headers().has("Upgrade")) {
      headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
    return keepAlive ? headers : closing(headers);
  }

  /** RFC 9110 sections 15.3.5 and 15.4.5. */
  static boolean mayHaveBody(Response response) {
    return response.status() != 204 && response.status() != 304;
  }

  /** Says that this is the connection's last response. */
  static HttpHeaders closing(HttpHeaders headers) {
    return headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
  }

  private static String clean(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (isControl(value.charAt(i))) {
        return value.replaceAll("[\\p{Cntrl}&&[^\t]]", "");
      }
    }
    return value;
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7F;
  }
}
