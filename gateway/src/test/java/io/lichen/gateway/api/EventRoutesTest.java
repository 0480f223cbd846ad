// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusConfig;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M20: the event bus over real sockets. */
@Timeout(60)
class EventRoutesTest {
  private final EventBus bus =
      EventBus.open(EventBusConfig.defaults().withShards(3).withRingCapacity(1024));
  private final Gateway gateway = Gateway.builder().events(bus).start();
  private final ApiClient client = new ApiClient(gateway);

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    bus.close();
  }

  private void flush() {
    assertEquals(204, client.post("/v1/flush", "").statusCode());
  }

  @Test
  void shouldBringEveryEventOncePageAfterPage() {
    JsonNode one = accepted("{\"n\" : 1}");
    assertTrue(one.get("shard_id").asInt() < 3);
    assertTrue(one.get("timestamp").isIntegralNumber());
    assertEquals("{\"count\":2}", accepted("[{\"n\":2}, {\"n\":3}]").toString());
    flush();
    JsonNode first = client.json("/v1/events?limit=2");
    assertEquals(2, first.get("count").asInt());
    assertTrue(first.get("has_more").asBoolean());
    JsonNode second =
        client.json("/v1/events?limit=2&cursor=" + escaped(first.get("next_id").asText()));
    assertEquals(1, second.get("count").asInt());
    assertFalse(second.get("has_more").asBoolean());
    Set<String> all = new TreeSet<>();
    for (JsonNode page : List.of(first, second)) {
      page.get("events").forEach(event -> all.add(event.get("raw").asText()));
      for (String name : List.of("id", "raw", "insertion_ts", "shard_id")) {
        assertTrue(page.at("/events/0").has(name), name);
      }
    }
    assertEquals(Set.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}"), all);
    JsonNode stats = client.json("/v1/stats");
    assertEquals(3, stats.get("events_ingested").asInt());
    assertEquals(0, stats.get("events_dropped").asInt());
    assertTrue(stats.get("batches_dispatched").asInt() >= 1);
  }

  private JsonNode accepted(String body) {
    HttpResponse<String> answer = client.post("/v1/events", body);
    assertEquals(202, answer.statusCode(), answer.body());
    return ApiClient.json(answer);
  }

  private static String escaped(String cursor) {
    return URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }

  @Test
  void shouldGiveNoPageThatIsTooLarge() {
    String large = "\"" + "x".repeat(1_000_000) + "\"";
    for (int i = 0; i < 20; i++) {
      accepted("{\"n\":" + i + ",\"s\":" + large + "}");
    }
    flush();
    JsonNode page = client.json("/v1/events?limit=1000");
    assertTrue(page.get("has_more").asBoolean());
    assertTrue(page.get("count").asInt() < 20, () -> page.get("count").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,", "{\"a\":1}{}", "nul"})
  void shouldRefuseWhatIsNoJson(String body) {
    HttpResponse<String> answer = client.post("/v1/events", body);
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(-3, ApiClient.json(answer).at("/error/code").asInt());
  }

  @Test
  void shouldRefuseDeepJsonAndBytesThatAreNoText() {
    assertEquals(400, client.post("/v1/events", "[".repeat(200_000)).statusCode());
    assertEquals(400, client.post("/v1/events", "{\"a\":".repeat(100_000)).statusCode());
    byte[] bad = {'"', (byte) 0xc3, '"'};
    HttpResponse<String> answer = client.send("POST", "/v1/events", bad);
    assertEquals(400, answer.statusCode());
    assertEquals(-2, ApiClient.json(answer).at("/error/code").asInt());
  }

  @ParameterizedTest
  @CsvSource({"limit=0", "limit=1001", "limit=x", "limit=-1", "cursor=garbage"})
  void shouldRefuseBadPolls(String query) {
    accepted("1");
    flush();
    HttpResponse<String> answer = client.get("/v1/events?" + query);
    assertEquals(400, answer.statusCode(), answer.body());
  }

  @Test
  void shouldHaveABusOfItsOwnThatClosesWithIt() {
    EventBusConfig small = EventBusConfig.defaults().withShards(1).withRingCapacity(1024);
    try (Gateway own = Gateway.builder().events(small).start();
        ApiClient asker = new ApiClient(own)) {
      assertEquals(202, asker.post("/v1/events", "1").statusCode());
      assertEquals(1, asker.json("/v1/stats").get("events_ingested").asInt());
    }
  }

  @Test
  void shouldSayThatABusIsClosed() {
    bus.close();
    HttpResponse<String> answer = client.post("/v1/events", "1");
    assertEquals(503, answer.statusCode());
    assertEquals(-8, ApiClient.json(answer).at("/error/code").asInt());
    assertEquals(503, client.post("/v1/flush", "").statusCode());
  }
}
