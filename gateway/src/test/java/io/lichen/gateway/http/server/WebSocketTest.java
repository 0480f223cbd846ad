// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WebSockets with a client that others wrote (M14, M15, M16). */
final class WebSocketTest {
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final TestServer server =
      new TestServer().on("/ws", request -> Response.webSocket(new Commands()));

  /** Does what texts say; sends binary messages back. */
  private final class Commands implements WebSocketHandler {
    @Override
    public void onOpen(WebSocketPeer peer) {
      seen.add("open " + peer.request().target());
    }

    @Override
    public void onMessage(WebSocketPeer peer, WebSocketMessage message) {
      switch (message) {
        case WebSocketMessage.Binary binary -> peer.sendBinary(binary.data());
        case WebSocketMessage.Ping ping -> seen.add("ping " + ping.data().length);
        case WebSocketMessage.Text text -> obey(peer, text.text());
      }
    }

    private void obey(WebSocketPeer peer, String text) {
      String[] words = text.split(" ", 2);
      switch (words[0]) {
        case "subscribe" -> peer.subscribe(words[1]);
        case "unsubscribe" -> peer.unsubscribe(words[1]);
        case "publish" -> peer.publish("c", words[1]);
        case "close" -> peer.close(4000, words[1]);
        case "fail" -> throw new IllegalStateException(words[1]);
        default -> peer.sendText(text);
      }
      if (words[0].endsWith("subscribe")) {
        peer.sendText("done");
      }
    }

    @Override
    public void onClose(WebSocketPeer peer, int code, String reason) {
      seen.add("close " + code + " " + reason);
    }
  }

  /** What came, in order. */
  private static final class Inbox implements WebSocket.Listener {
    final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      received.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
      received.add("pong " + data.remaining());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    Object next() throws InterruptedException {
      return received.poll(20, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void shouldEchoTextAndBinaryAndAnswerPings() throws Exception {
    Inbox inbox = new Inbox();
    WebSocket socket = server.webSocket(client, "/ws", inbox);
    assertEquals("open /ws", seen.poll(20, TimeUnit.SECONDS));
    socket.sendText("grüß ✓", true).join();
    assertEquals("grüß ✓", inbox.next());
    ByteBuffer all = ByteBuffer.allocate(256);
    IntStream.range(0, 256).forEach(i -> all.put((byte) i));
    socket.sendBinary(all.flip().duplicate(), true).join();
    assertEquals(all, inbox.next());
    socket.sendPing(ByteBuffer.allocate(5)).join();
    assertEquals("pong 5", inbox.next());
    assertEquals("ping 5", seen.poll(20, TimeUnit.SECONDS));
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
    assertEquals("close 1000 bye", seen.poll(20, TimeUnit.SECONDS));
    assertEquals(1000, inbox.closed.get(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldPutPiecesTogetherAndCarryAMegabyte() throws Exception {
    Inbox inbox = new Inbox();
    WebSocket socket = server.webSocket(client, "/ws", inbox);
    socket.sendText("a", false).join();
    socket.sendPing(ByteBuffer.allocate(0)).join();
    socket.sendText("b", false).join();
    socket.sendText("c", true).join();
    assertEquals("pong 0", inbox.next());
    assertEquals("abc", inbox.next());
    String large = "x".repeat(1024 * 1024);
    socket.sendText(large, true).join();
    assertEquals(large, inbox.next());
    socket.sendText(large + "y", true).join();
    assertEquals(1009, inbox.closed.get(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldPublishToEverySubscriberOnceAndToNoOther() throws Exception {
    Inbox[] inboxes = {new Inbox(), new Inbox(), new Inbox()};
    WebSocket[] sockets = new WebSocket[3];
    for (int i = 0; i < 3; i++) {
      sockets[i] = server.webSocket(client, "/ws", inboxes[i]);
      sockets[i].sendText("subscribe c", true).join();
      sockets[i].sendText("subscribe c", true).join();
      assertEquals("done", inboxes[i].next());
      assertEquals("done", inboxes[i].next());
    }
    sockets[0].sendText("publish one", true).join();
    for (Inbox inbox : inboxes) {
      assertEquals("one", inbox.next());
    }
    sockets[1].sendText("unsubscribe c", true).join();
    assertEquals("done", inboxes[1].next());
    sockets[2].sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    inboxes[2].closed.get(20, TimeUnit.SECONDS);
    assertEquals(1, server.server().publish("c", "two"));
    assertEquals("two", inboxes[0].next());
    sockets[1].sendText("last", true).join();
    assertEquals("last", inboxes[1].next());
    assertTrue(inboxes[2].received.isEmpty());
  }

  @Test
  void shouldCloseWhenTheHandlerWantsToOrFails() throws Exception {
    Inbox first = new Inbox();
    server.webSocket(client, "/ws", first).sendText("close enough", true).join();
    assertEquals(4000, first.closed.get(20, TimeUnit.SECONDS));
    Inbox second = new Inbox();
    server.webSocket(client, "/ws", second).sendText("fail now", true).join();
    assertEquals(1011, second.closed.get(20, TimeUnit.SECONDS));
  }

  @Test
  void shouldRefuseWhatIsNoUpgrade() throws Exception {
    try (RawClient raw = server.raw()) {
      RawClient.Reply reply = raw.get("/ws");
      assertEquals(426, reply.status());
      assertEquals("13", reply.header("Sec-WebSocket-Version"));
      String upgrade =
          "GET %s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
      raw.send(upgrade.formatted("/none") + "\r\n");
      assertEquals(404, raw.read().status());
      raw.send(
          upgrade.formatted("/ws") + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a\r\n\r\n");
      assertEquals(400, raw.read().status());
    }
  }
}
