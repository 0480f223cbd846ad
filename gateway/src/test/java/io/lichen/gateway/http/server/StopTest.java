// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.WebSocketPeer;
import io.lichen.transport.wait.Await;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** M24: what is left of a server that has stopped. */
@Timeout(60)
final class StopTest {
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final CompletableFuture<Integer> handlerSaw = new CompletableFuture<>();

  private final class Watching implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closeCode.complete(code);
      return null;
    }
  }

  private final class Closing implements io.lichen.gateway.http.WebSocketHandler {
    @Override
    public void onMessage(WebSocketPeer peer, io.lichen.gateway.http.WebSocketMessage message) {}

    @Override
    public void onClose(WebSocketPeer peer, int code, String reason) {
      handlerSaw.complete(code);
    }
  }

  @Test
  void shouldEndEverythingWithinTwoSeconds() throws Exception {
    CountDownLatch entered = new CountDownLatch(2);
    TestServer server =
        new TestServer()
            .on("/ws", request -> Response.webSocket(new Closing()))
            .on("/events", request -> Response.events(sink -> block(entered)))
            .on("/stuck", request -> block(entered));
    int port = server.address().getPort();
    try (HttpClient client = HttpClient.newHttpClient();
        RawClient events = server.raw();
        RawClient stuck = server.raw();
        RawClient idle = server.raw()) {
      server.webSocket(client, "/ws", new Watching());
      assertEquals(200, events.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").readHead().status());
      stuck.send("GET /stuck HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(entered.await(20, TimeUnit.SECONDS));
      long beganNs = System.nanoTime();
      server.close();
      Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
      assertTrue(took.toMillis() < 2000, () -> "took " + took);
      new ServerSocket(port).close();
      assertEquals(1001, closeCode.get(20, TimeUnit.SECONDS));
      assertEquals(1001, handlerSaw.get(20, TimeUnit.SECONDS));
      assertEquals(0, events.chunk().length);
      assertEquals(0, idle.rest().length);
      // A loop says that it has ended a moment before its thread does.
      Await.until(
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().startsWith("lichen-http")));
      client.shutdownNow();
    }
  }

  private static Response block(CountDownLatch entered) throws InterruptedException {
    entered.countDown();
    new CountDownLatch(1).await();
    return Response.of(204);
  }
}
