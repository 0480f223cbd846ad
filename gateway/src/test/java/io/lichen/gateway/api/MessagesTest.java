// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.transport.wait.Await;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels and messages of two nodes over their gateways (checks M17 to M19). */
final class MessagesTest {
  private static final String NEWS = "/v1/channels/news";

  private final TwoNodes nodes = new TwoNodes(",\"max_message_size\":65536");

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void shouldBringWhatIsPostedAtOneNodeToTheWebSocketOfTheOther() {
    TextListener listener = new TextListener();
    WebSocket socket = nodes.b.webSocket("/v1/ws", listener);
    socket.sendText("{\"op\":\"subscribe\",\"channel\":\"news\",\"id\":7}", true).join();
    assertEquals("{\"op\":\"ack\",\"id\":7}", listener.await(1).getFirst());
    nodes.awaitListening();
    byte[] payload = {0, 1, 2, (byte) 0xff};
    HttpResponse<String> answer = nodes.a.send("POST", NEWS + "/messages", payload);
    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals("{\"channel\":\"news\",\"bytes\":4}", answer.body());
    JsonNode message = ApiClient.parse(listener.await(2).get(1));
    assertEquals("message", message.get("op").textValue());
    assertEquals("news", message.get("channel").textValue());
    assertEquals(nodes.nodeA.id().hex(), message.get("sender").textValue());
    assertEquals(Base64.getEncoder().encodeToString(payload), message.get("data").textValue());
    assertEquals(1, message.get("seq").longValue());
    assertTrue(Math.abs(message.get("ts").longValue() - System.currentTimeMillis()) < 60_000);

    JsonNode mesh = nodes.b.json("/v1/mesh");
    assertEquals(
        List.of(
            "mesh_id",
            "listen_port",
            "peer_count",
            "peers",
            "channels",
            "nat_type",
            "public_key",
            "supernode_ready"),
        names(mesh));
    assertEquals(1, mesh.get("peer_count").intValue());
    assertEquals(TwoNodes.address(nodes.nodeA), mesh.get("peers").get(0).textValue());
    assertEquals("[\"news\"]", mesh.get("channels").toString());
    assertEquals(nodes.nodeB.id().hex(), mesh.get("public_key").textValue());
    socket.abort();
    Await.until(() -> nodes.nodeB.info().channels().isEmpty());
  }

  @Test
  void shouldKeepTheLatestMessagesOfAChannelForThoseWhoAsk() {
    assertEquals(404, nodes.b.get(NEWS + "/messages").statusCode());
    assertEquals(204, nodes.b.put(NEWS, "").statusCode());
    assertEquals(204, nodes.b.put(NEWS, "").statusCode(), "idempotent");
    assertEquals("{\"channels\":[\"news\"]}", nodes.b.get("/v1/channels").body());
    nodes.awaitListening();
    for (String text : List.of("one", "two", "three")) {
      assertEquals(202, nodes.a.post(NEWS + "/messages", text).statusCode());
    }
    Await.until(() -> messages("?after=0").get("messages").size() == 3);
    assertEquals(List.of("one", "two"), texts(messages("?limit=2")));
    assertEquals(2, messages("?limit=2").get("next").longValue());
    assertEquals(List.of("three"), texts(messages("?after=2")));
    assertEquals(3, messages("?after=3&wait_ms=1").get("next").longValue());
    assertEquals(3, messages("?after=99").get("messages").size(), "the count began anew");
    assertEquals(204, nodes.b.send("DELETE", NEWS, new byte[0]).statusCode());
    assertEquals(204, nodes.b.send("DELETE", NEWS, new byte[0]).statusCode());
    assertEquals("{\"channels\":[]}", nodes.b.get("/v1/channels").body());
  }

  @Test
  void shouldLetAClientWaitForTheNextMessage() throws Exception {
    nodes.b.put(NEWS, "");
    nodes.awaitListening();
    CompletableFuture<JsonNode> waiting =
        CompletableFuture.supplyAsync(() -> messages("?wait_ms=20000"));
    nodes.a.post(NEWS + "/messages", "at last");
    assertEquals(List.of("at last"), texts(waiting.get(20, TimeUnit.SECONDS)));
    assertEquals(400, nodes.b.get(NEWS + "/messages?wait_ms=30001").statusCode());
    assertEquals(400, nodes.b.get(NEWS + "/messages?limit=x").statusCode());
  }

  @Test
  void shouldAnswerRefusedPublishesWithTheCodesOfTheNativeApi() {
    assertRefused(503, -6, nodes.a.post("/v1/channels/nobody/messages", "x"));
    assertRefused(413, -5, nodes.a.send("POST", NEWS + "/messages", new byte[200_000]));
    assertRefused(400, -4, nodes.a.post("/v1/channels/" + "c".repeat(257) + "/messages", "x"));
    assertRefused(400, -4, nodes.a.put("/v1/channels/" + "c".repeat(257), ""));
    assertRefused(502, -10, nodes.a.post("/v1/mesh/connect", "{\"addr\":\"127.0.0.1:1\"}"));
    assertEquals(204, connect(TwoNodes.address(nodes.nodeB)).statusCode());
    HttpResponse<String> unknown = nodes.a.post("/v1/mesh/connect", "{\"address\":\"x\"}");
    assertEquals(400, unknown.statusCode(), unknown.body());
  }

  @Test
  void shouldTellOfPeersAndNat() {
    JsonNode peer = nodes.a.json("/v1/peers").get("peers").get(0);
    assertEquals(nodes.nodeB.id().hex(), peer.get("id").textValue());
    assertEquals("tcp", peer.get("carrier").textValue());
    assertEquals("moss", peer.get("wire").textValue());
    JsonNode nat = nodes.a.json("/v1/nat");
    assertTrue(nat.get("nat_type").isTextual() && nat.get("seen").isObject(), nat.toString());
    JsonNode info = nodes.a.json("/v1/info");
    assertEquals(List.of("version", "uptime_ms", "moss", "net", "redex", "gateway"), names(info));
    assertTrue(info.get("net").isNull());
    assertTrue(info.get("moss").get("running").booleanValue());
  }

  private HttpResponse<String> connect(String address) {
    return nodes.a.post("/v1/mesh/connect", "{\"addr\":\"" + address + "\"}");
  }

  private JsonNode messages(String query) {
    return nodes.b.json(NEWS + "/messages" + query);
  }

  private static List<String> texts(JsonNode page) {
    List<String> texts = new ArrayList<>();
    for (JsonNode message : page.get("messages")) {
      texts.add(
          new String(
              Base64.getDecoder().decode(message.get("data").textValue()), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static void assertRefused(int status, int code, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    JsonNode error = ApiClient.json(answer).get("error");
    assertEquals(code, error.get("code").intValue());
    assertEquals(List.of("code", "name", "message", "id"), names(error));
    assertTrue(error.get("name").textValue().startsWith("MOSS_ERR_"));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
