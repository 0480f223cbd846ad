// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Requests without a socket. */
final class Ask {
  private static final InetSocketAddress SOMEBODY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

  private Ask() {}

  static Request get(String target) {
    return request("GET", target);
  }

  static Request request(String method, String target) {
    return Request.of(method, target, Headers.none(), new byte[0], SOMEBODY);
  }

  static Request with(String method, String target, Headers headers, byte[] body) {
    return Request.of(method, target, headers, body, SOMEBODY);
  }

  static Request upgrade(String target) {
    Headers headers = Headers.none().add("Connection", "keep-alive, Upgrade");
    return with("GET", target, headers.add("Upgrade", "WebSocket"), new byte[0]);
  }

  static String text(Response response) {
    byte[] bytes = response.body() instanceof Body.Bytes(byte[] given) ? given : new byte[0];
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
