// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.gateway.http.HttpServer;
import io.lichen.gateway.http.Router;
import java.io.IOException;

/** A server with routes, as embedders make it, and one connection to it for each request. */
final class RoutedServer implements AutoCloseable {
  private final HttpServer server;

  RoutedServer(Router router) {
    server = HttpServer.builder(router).start();
  }

  RawClient.Reply get(String target, String... headers) throws IOException {
    return ask("GET", target, "", headers);
  }

  /**
   * Sends a request.
   *
   * @param latin1 the body
   * @param headers whole lines
   */
  RawClient.Reply ask(String method, String target, String latin1, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Connection: close\r\n");
    request.append("Content-Length: ").append(latin1.length()).append("\r\n\r\n").append(latin1);
    try (RawClient client = raw()) {
      client.send(request.toString());
      RawClient.Reply reply = method.equals("HEAD") ? client.readHead() : client.read();
      assertEquals(0, client.rest().length, "nothing comes behind the answer");
      return reply;
    }
  }

  RawClient raw() throws IOException {
    return new RawClient(server.address());
  }

  @Override
  public void close() {
    server.close();
  }
}
