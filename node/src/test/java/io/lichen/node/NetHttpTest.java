// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./lichen net --http} in a process of its own. */
@Timeout(60)
class NetHttpTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  private int send(String method, String uri, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void shouldGiveAccessToANetNode() throws IOException, InterruptedException {
    Path logs = folder.resolve("logs");
    try (NodeProcess node =
        new NodeProcess(
            folder,
            "net",
            "--bind",
            "127.0.0.1:0",
            "--psk",
            "42".repeat(32),
            "--http",
            "127.0.0.1:0",
            "--http-logs",
            logs.toString(),
            "--json")) {
      String ready = node.lineStartingWith("{\"type\":\"ready\"");
      String url = new JsonMapper().readTree(ready).get("http").asText();
      assertTrue(url.startsWith("http://127.0.0.1:"), url);
      assertEquals(200, send("GET", url + "v1/net", ""));
      assertEquals(503, send("GET", url + "readyz", ""));
      assertEquals(202, send("POST", url + "v1/events", "{\"n\":1}"));
      assertEquals(201, send("PUT", url + "v1/redex/lab%2Fnotes", ""));
      assertEquals(200, send("PUT", url + "v1/log/level", "{\"level\":\"INFO\"}"));
      assertTrue(Files.isDirectory(logs.resolve("lab/notes")));
      node.endInput();
      assertEquals(0, node.exitCode());
    }
  }
}
