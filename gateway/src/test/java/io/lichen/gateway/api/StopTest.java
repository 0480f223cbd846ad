// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossNode;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is left of a gateway that was closed (check M24): nothing. */
final class StopTest {
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

  @Test
  void shouldEndEverythingAndFreeThePortWithinTwoSeconds() throws Exception {
    try (MossNode node = TwoNodes.node("")) {
      node.start();
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      Gateway gateway = Gateway.builder().moss(node).start();
      TextListener listener = new TextListener();
      try (ApiClient client = new ApiClient(gateway)) {
        WebSocket socket = client.webSocket("/v1/ws", listener);
        socket.sendText("{\"op\":\"subscribe\",\"channel\":\"c\"}", true).join();
        listener.await(1);
        client.put("/v1/channels/c", "");
        CompletableFuture<HttpResponse<String>> waiting =
            CompletableFuture.supplyAsync(
                () -> client.get("/v1/channels/c/messages?wait_ms=30000"));
        Await.until(() -> node.info().channels().equals(List.of("c")));
        InetSocketAddress address = gateway.address();
        long startNs = System.nanoTime();
        gateway.close();
        gateway.close();
        assertTrue(System.nanoTime() - startNs < LIMIT_NS, "closes within two seconds");
        bind(address);
        assertEquals(1001, listener.closed().get(20, TimeUnit.SECONDS));
        assertTrue(waiting.isDone() || waiting.handle((r, e) -> true).get(20, TimeUnit.SECONDS));
      }
      assertEquals(List.of(), node.info().channels(), "nobody listens any more");
      Await.until(
          () -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> isNew(t, before)));
    }
  }

  private static boolean isNew(Thread thread, Set<Thread> before) {
    return !before.contains(thread) && thread.getName().contains("http") && thread.isAlive();
  }

  private static void bind(InetSocketAddress address) throws IOException {
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(address);
    }
  }
}
