// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API against a gateway that shows everything there is. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets them.
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  @TempDir Path directory;
  private WholeGateway whole;
  private JsonNode document;

  /** Answers in JSON that are described and were not seen yet. */
  private final Set<String> unseen = new TreeSet<>();

  @BeforeEach
  void open() {
    whole = new WholeGateway(directory);
    document = whole.client().json("/v1/openapi.json");
  }

  @AfterEach
  void close() {
    whole.close();
  }

  @Test
  void shouldDescribeEveryRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      String pattern = path.getKey().replaceAll("\\{(\\w+)}", ":$1");
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          JsonNode responses = operation.getValue().get("responses");
          if (responses.has("101")) {
            described.add("WS " + pattern);
          }
          if (!responses.has("101") || responses.has("200")) {
            described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + pattern);
          }
        }
      }
    }
    Set<String> routes = new TreeSet<>(whole.gateway().routes());
    routes.removeIf(route -> !isOfTheApi(route));
    assertEquals(routes, described);
  }

  /** The pages and pictures of the dashboard are no API. */
  private static boolean isOfTheApi(String route) {
    String path = route.substring(route.indexOf(' ') + 1);
    return path.startsWith("/v1/") || Set.of("/healthz", "/readyz", "/metrics").contains(path);
  }

  @Test
  void shouldResolveEveryReference() {
    for (JsonNode reference : document.findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      assertFalse(document.at(pointer).isMissingNode(), pointer);
    }
    Set<String> ids = new TreeSet<>();
    document.findValues("operationId").forEach(id -> assertTrue(ids.add(id.asText())));
  }

  @Test
  void shouldAnswerAsDescribed() {
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (Map.Entry<String, JsonNode> response :
            operation.getValue().path("responses").properties()) {
          if (response.getValue().at("/content/application~1json").isObject()) {
            unseen.add(key(operation.getKey(), path.getKey(), response.getKey()));
          }
        }
      }
    }
    ask("get", "/v1/openapi.json", "/v1/openapi.json", "");
    ask("get", "/v1/info", "/v1/info", "");
    ask("get", "/v1/log/level", "/v1/log/level?logger=io.lichen", "");
    ask("put", "/v1/log/level", "/v1/log/level", "{\"level\":\"info\"}");
    askMoss();
    askNetAndEvents();
    askLogs();
    assertEquals(Set.of(), unseen, "described, and asked for by no test");
  }

  private void askMoss() {
    ask("get", "/v1/mesh", "/v1/mesh", "");
    ask("post", "/v1/mesh/connect", "/v1/mesh/connect", "{}");
    ask("get", "/v1/peers", "/v1/peers", "");
    ask("get", "/v1/nat", "/v1/nat", "");
    ask("get", "/v1/channels", "/v1/channels", "");
    ask("put", "/v1/channels/{name}", "/v1/channels/lab", "");
    String messages = "/v1/channels/{name}/messages";
    ask("post", messages, "/v1/channels/lab/messages", "hello");
    ask("get", messages, "/v1/channels/lab/messages?wait_ms=30000", "");
    ask("get", messages, "/v1/channels/none/messages", "");
    ask("delete", "/v1/channels/{name}", "/v1/channels/lab", "");
  }

  private void askNetAndEvents() {
    ask("get", "/v1/net", "/v1/net", "");
    ask("post", "/v1/events", "/v1/events", "{\"n\":1}");
    ask("post", "/v1/events", "/v1/events", "[2, 3]");
    ask("post", "/v1/events", "/v1/events", "[");
    ask("post", "/v1/flush", "/v1/flush", "");
    ask("get", "/v1/events", "/v1/events?limit=2", "");
    ask("get", "/v1/stats", "/v1/stats", "");
  }

  private void askLogs() {
    String log = "/v1/redex/{file}";
    ask("put", log, "/v1/redex/a%2Fb", "");
    ask("put", log, "/v1/redex/a%2Fb", "");
    ask("get", log, "/v1/redex/a%2Fb", "");
    ask("get", log, "/v1/redex/none", "");
    ask("post", log + "/events", "/v1/redex/a%2Fb/events", "payload");
    ask("get", log + "/events", "/v1/redex/a%2Fb/events", "");
    ask("get", "/v1/redex", "/v1/redex", "");
  }

  /** Asks, and compares what comes with the description of the path. */
  private void ask(String method, String path, String target, String body) {
    HttpResponse<String> answer =
        whole
            .client()
            .send(method.toUpperCase(Locale.ROOT), target, body.getBytes(StandardCharsets.UTF_8));
    String status = Integer.toString(answer.statusCode());
    JsonNode responses = document.at("/paths").path(path).path(method).path("responses");
    JsonNode response = responses.path(responses.has(status) ? status : "default");
    assertTrue(
        answer.statusCode() < 400 || !responses.has(status), () -> method + target + answer.body());
    assertTrue(response.isObject(), () -> method + " " + target + " is answered " + status);
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").asText().substring(1));
    }
    JsonNode schema = response.at("/content/application~1json/schema");
    if (schema.isObject()) {
      JsonNode value = ApiClient.json(answer);
      String what = method + " " + target + ": " + value;
      assertEquals(List.of(), SchemaCheck.faults(document, schema, value), what);
    }
    unseen.remove(key(method, path, status));
  }

  private static String key(String method, String path, String status) {
    return method + " " + path + " " + status;
  }
}
