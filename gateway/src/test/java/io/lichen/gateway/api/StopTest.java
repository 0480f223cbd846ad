// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.moss.MossNode;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a gateway that was closed (check M24): nothing. */
@Timeout(60)
final class StopTest {
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(2);

  /** Threads that the JDK starts when it likes, for whoever asked first. */
  private static final Pattern OF_THE_JDK =
      Pattern.compile(
          "ForkJoinPool.*|VirtualThread-unblocker|.*-Cleaner|Cleaner-.*|process reaper.*");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @Test
  void shouldEndEverythingAndFreeThePortWithinTwoSeconds() throws Exception {
    try (MossNode node = TwoNodes.node("")) {
      node.start();
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      Gateway gateway =
          Gateway.builder()
              .moss(node)
              .redex(folder.resolve("logs"))
              .events(EventBusConfig.defaults().withShards(1).withRingCapacity(1024))
              .start();
      try (ApiClient client = new ApiClient(gateway)) {
        client.put("/v1/redex/log", "");
        client.post("/v1/redex/log/events", "one");
        EventReader tail = client.events("/v1/redex/log/tail");
        assertEquals("0", Objects.requireNonNull(tail.next()).id());
        TextListener listener = new TextListener();
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
        bind(address);
        assertNull(tail.next(), "the event stream ends");
        assertEquals(1001, listener.closed().get(20, TimeUnit.SECONDS));
        assertTrue(waiting.isDone() || waiting.handle((r, e) -> true).get(20, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - startNs < LIMIT_NS, "all of it within two seconds");
      }
      assertEquals(List.of(), node.info().channels(), "nobody listens any more");
      Await.until(() -> left(before).isEmpty());
    }
  }

  private static List<Thread> left(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && !before.contains(thread))
        .filter(thread -> !OF_THE_JDK.matcher(thread.getName()).matches())
        .toList();
  }

  private static void bind(InetSocketAddress address) throws IOException {
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(address);
    }
  }
}
