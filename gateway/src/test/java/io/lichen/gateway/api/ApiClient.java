// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a gateway over its socket. */
final class ApiClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String host;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ApiClient(Gateway gateway) {
    InetSocketAddress address = gateway.address();
    this.host = address.getHostString() + ":" + address.getPort();
  }

  HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
    }
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, new byte[0]);
  }

  HttpResponse<String> post(String path, String body) {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> put(String path, String body) {
    return send("PUT", path, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The JSON of a GET that is answered with 200. */
  JsonNode json(String path) {
    HttpResponse<String> answer = get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer);
  }

  static JsonNode json(HttpResponse<String> answer) {
    return parse(answer.body());
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Follows an event stream. */
  EventReader events(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<InputStream> answer =
        client.sendAsync(request.build(), BodyHandlers.ofInputStream()).join();
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/event-stream; charset=utf-8",
        answer.headers().firstValue("Content-Type").orElseThrow());
    return new EventReader(answer.body());
  }

  WebSocket webSocket(String path, WebSocket.Listener listener) {
    return client
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://" + host + path), listener)
        .join();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
