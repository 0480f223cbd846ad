// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.moss.MossNode;
import io.lichen.transport.wait.Await;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code /v1/ws} speaks, at a node without peers. */
final class WebSocketTest {
  private final MossNode node = TwoNodes.node("");
  private final Gateway gateway;
  private final ApiClient client;

  WebSocketTest() {
    node.start();
    gateway = Gateway.builder().moss(node).start();
    client = new ApiClient(gateway);
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    node.close();
  }

  @Test
  void shouldReachOtherSubscribersOfThisGatewayWithoutAnyPeer() {
    TextListener subscriber = new TextListener();
    TextListener publisher = new TextListener();
    WebSocket first = open(subscriber);
    WebSocket second = open(publisher);
    send(first, "{\"op\":\"subscribe\",\"channel\":\"c\",\"id\":\"s\"}");
    assertEquals("{\"op\":\"ack\",\"id\":\"s\"}", subscriber.await(1).getFirst());
    send(second, "{\"op\":\"publish\",\"channel\":\"c\",\"text\":\"hé\",\"id\":1}");
    assertEquals("{\"op\":\"ack\",\"id\":1}", publisher.await(1).getFirst());
    JsonNode message = ApiClient.parse(subscriber.await(2).get(1));
    assertEquals("aMOp", message.get("data").textValue());
    send(second, "{\"op\":\"ping\",\"id\":2}");
    assertEquals(
        "{\"op\":\"ack\",\"id\":2}", publisher.await(2).get(1), "nothing of its own message");
    send(first, "{\"op\":\"unsubscribe\",\"channel\":\"c\",\"id\":3}");
    subscriber.await(3);
    send(second, "{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"AA==\",\"id\":4}");
    JsonNode error = ApiClient.parse(publisher.await(3).get(2));
    assertEquals(-6, error.get("code").intValue(), "nobody listens any more");
    assertEquals(4, error.get("id").intValue());
  }

  @Test
  void shouldListenOnceHoweverManySubscribeAndUntilTheLastOneGoes() {
    WebSocket first = subscribed("c");
    WebSocket second = subscribed("c");
    client.put("/v1/channels/c", "");
    first.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    second.abort();
    client.send("DELETE", "/v1/channels/c", new byte[0]);
    Await.until(() -> node.info().channels().isEmpty());
    node.subscribe("c");
    client.put("/v1/channels/c", "");
    client.send("DELETE", "/v1/channels/c", new byte[0]);
    assertEquals(List.of("c"), node.info().channels(), "the application's own subscription");
  }

  @Test
  void shouldSpeakBytesWhereAskedTo() throws Exception {
    BinaryListener listener = new BinaryListener();
    WebSocket socket = client.webSocket("/v1/ws?format=binary", listener);
    TextListener texts = new TextListener();
    WebSocket other = open(texts);
    send(socket, "{\"op\":\"subscribe\",\"channel\":\"ch\"}");
    send(other, "{\"op\":\"subscribe\",\"channel\":\"ch\"}");
    texts.await(1);
    Await.until(() -> listener.texts == 1);
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 0, 2, 'c', 'h', 9, 8}), true).join();
    byte[] frame = listener.first.get(20, TimeUnit.SECONDS);
    ByteBuffer expected =
        ByteBuffer.allocate(47)
            .put((byte) 2)
            .putShort((short) 2)
            .put("ch".getBytes(StandardCharsets.UTF_8))
            .put(node.id().bytes())
            .putLong(1)
            .put(new byte[] {9, 8});
    assertArrayEquals(expected.array(), frame);
    assertEquals("CQg=", ApiClient.parse(texts.await(2).get(1)).get("data").textValue());
  }

  @Test
  void shouldGiveUpAClientThatMakesNoSense() throws Exception {
    TextListener listener = new TextListener();
    WebSocket socket = open(listener);
    List<String> malformed =
        List.of(
            "",
            "[]",
            "{",
            "{\"op\":\"dance\",\"channel\":\"c\"}",
            "{\"op\":\"publish\",\"channel\":\"c\",\"data\":\"?\"}",
            "{\"op\":\"publish\",\"channel\":\"c\"}",
            "{\"op\":\"subscribe\",\"id\":1}",
            "{\"op\":\"ping\",\"more\":1}",
            "{\"op\":1}");
    malformed.forEach(text -> send(socket, text));
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 0, 1, 'c'}), true).join();
    for (String text : listener.await(10)) {
      JsonNode error = ApiClient.parse(text);
      assertEquals("error", error.get("op").textValue());
      assertTrue(error.get("id") == null && error.get("code").isTextual(), text);
    }
    send(socket, "{\"op\":\"subscribe\",\"channel\":\"\",\"id\":5}");
    JsonNode refused = ApiClient.parse(listener.await(11).get(10));
    assertEquals(-4, refused.get("code").intValue(), "an empty channel is a refusal of the node");
    send(socket, "once more");
    assertEquals(1008, listener.closed().get(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldTellOfEventsToThoseWhoAsked() {
    TextListener listener = new TextListener();
    send(open(listener), "{\"op\":\"subscribe\",\"channel\":\"$events\"}");
    listener.await(1);
    try (MossNode other = TwoNodes.node("")) {
      other.start();
      other.connect(TwoNodes.address(node));
      JsonNode event = ApiClient.parse(listener.await(2).get(1));
      assertEquals("event", event.get("op").textValue());
      assertEquals(1, event.get("type").intValue());
      assertEquals(other.id().hex(), event.get("detail").get("peer").textValue());
    }
  }

  @Test
  void shouldLetAClientListenToSoManyChannelsAndAllOfThemToSoMany() {
    List<String> most = refusedAfter(256, 0);
    assertTrue(most.getLast().contains("too_many_channels"), most.getLast());
    for (int client = 1; client < 4; client++) {
      refusedAfter(256, client);
    }
    TextListener fifth = new TextListener();
    send(open(fifth), "{\"op\":\"subscribe\",\"channel\":\"one more\",\"id\":1}");
    JsonNode refused = ApiClient.parse(fifth.await(1).getFirst());
    assertEquals("too_many_channels", refused.get("code").textValue());
    assertEquals(503, client.put("/v1/channels/one%20more", "").statusCode());
    assertEquals(1024, node.info().channels().size());
  }

  /** Subscribes to one more channel than a client may have; what came. */
  private List<String> refusedAfter(int channels, int number) {
    TextListener listener = new TextListener();
    WebSocket socket = open(listener);
    for (int i = 0; i <= channels; i++) {
      String channel = number + "/" + i;
      send(socket, "{\"op\":\"subscribe\",\"channel\":\"" + channel + "\",\"id\":1}");
    }
    List<String> answers = listener.await(channels + 1);
    assertEquals(channels, answers.stream().filter(a -> a.contains("\"ack\"")).count());
    return answers;
  }

  private WebSocket open(WebSocket.Listener listener) {
    return client.webSocket("/v1/ws", listener);
  }

  private WebSocket subscribed(String channel) {
    TextListener listener = new TextListener();
    WebSocket socket = open(listener);
    send(socket, "{\"op\":\"subscribe\",\"channel\":\"" + channel + "\"}");
    listener.await(1);
    return socket;
  }

  private static void send(WebSocket socket, String text) {
    socket.sendText(text, true).join();
  }

  /** Keeps the first bytes that come, and counts texts. */
  private static final class BinaryListener implements WebSocket.Listener {
    private final CompletableFuture<byte[]> first = new CompletableFuture<>();
    private volatile int texts;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      texts = 1;
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      first.complete(bytes);
      socket.request(1);
      return null;
    }
  }
}
