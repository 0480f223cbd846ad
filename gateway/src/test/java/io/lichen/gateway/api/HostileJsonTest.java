// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.moss.MossNode;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON that is deep, giant or endless, wherever the gateway reads some (docs/http-server.md). */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets them.
final class HostileJsonTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;
  private MossNode node;
  private Gateway gateway;
  private ApiClient client;

  @BeforeEach
  void open() {
    node = TwoNodes.node("");
    node.start();
    gateway =
        Gateway.builder()
            .moss(node)
            .redex(folder.resolve("logs"))
            .logLevels(new KeptLevels())
            .events(EventBusConfig.defaults().withShards(1).withRingCapacity(1024))
            .start();
    client = new ApiClient(gateway);
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    node.close();
  }

  private static List<String> hostile(String member) {
    return List.of(
        "[".repeat(MEGABYTE),
        "{\"a\":".repeat(200_000),
        "{\"" + member + "\":" + "[".repeat(129) + "]".repeat(129) + "}",
        "{\"" + member + "\":" + "9".repeat(MEGABYTE - 100) + "}",
        "{\"" + member + "\":1e" + "9".repeat(100_000) + "}",
        "{\"" + member + "\":\"" + "x".repeat(MEGABYTE - 100));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/mesh/connect, addr",
    "PUT, /v1/redex/new, persistent",
    "PUT, /v1/log/level, level",
    "POST, /v1/events, n"
  })
  void shouldRefuseItOnEveryRoute(String method, String path, String member) {
    for (String body : hostile(member)) {
      HttpResponse<String> answer =
          client.send(method, path, body.getBytes(StandardCharsets.UTF_8));
      String start = body.substring(0, 30);
      assertEquals(400, answer.statusCode(), () -> start + ": " + answer.body());
      assertTrue(answer.body().length() < 1000, () -> "an answer of " + answer.body().length());
    }
    byte[] tooLarge = new byte[MEGABYTE + 1];
    assertEquals(413, client.send(method, path, tooLarge).statusCode());
    assertEquals(200, client.get("/v1/mesh").statusCode());
  }

  @Test
  void shouldRefuseItOverAWebSocketAndGoOn() {
    TextListener listener = new TextListener();
    WebSocket socket = client.webSocket("/v1/ws", listener);
    List<String> frames = new ArrayList<>(hostile("channel"));
    frames.add("{\"" + "n".repeat(MEGABYTE - 100) + "\":1}");
    frames.add("{\"channel\":[0" + ",0".repeat(250_000) + "]}");
    frames.forEach(frame -> socket.sendText(frame, true).join());
    for (String text : listener.await(frames.size())) {
      JsonNode error = ApiClient.parse(text);
      assertEquals("error", error.get("op").textValue());
      assertEquals("invalid_body", error.get("code").textValue());
      assertTrue(text.length() < 1000);
    }
    socket.sendText("{\"op\":\"ping\",\"id\":1}", true).join();
    assertEquals("{\"op\":\"ack\",\"id\":1}", listener.await(frames.size() + 1).getLast());
  }
}
