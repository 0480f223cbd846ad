// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Answer;
import io.lichen.gateway.http.Handler;
import io.lichen.gateway.http.HttpLimits;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server with handlers by path, and clients for it. */
final class TestServer implements AutoCloseable {
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final NettyServer server;

  TestServer() {
    this(HttpLimits.defaults());
  }

  TestServer(HttpLimits limits) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = new NettyServer(any, limits, registry, this::answer);
  }

  TestServer on(String path, Handler handler) {
    handlers.put(path, handler);
    return this;
  }

  private Answer answer(Request request) {
    Handler handler = handlers.get(request.target());
    if (handler == null) {
      return new Answer(request, Response.text("Not Found").withStatus(404));
    }
    try {
      return new Answer(request, handler.handle(request));
    } catch (Exception e) {
      return new Answer(request, Response.text("failed").withStatus(500));
    }
  }

  NettyServer server() {
    return server;
  }

  InetSocketAddress address() {
    return server.address();
  }

  RawClient raw() throws IOException {
    return new RawClient(address());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address().getPort() + path);
  }

  /** A WebSocket of the JDK, open. */
  WebSocket webSocket(HttpClient client, String path, WebSocket.Listener listener) {
    URI uri = URI.create("ws://127.0.0.1:" + address().getPort() + path);
    return client.newWebSocketBuilder().buildAsync(uri, listener).join();
  }

  double count(String meter, String... tags) {
    return registry.get(meter).tags(tags).counter().count();
  }

  double gauge(String meter) {
    return registry.get(meter).gauge().value();
  }

  @Override
  public void close() {
    server.close();
  }
}
