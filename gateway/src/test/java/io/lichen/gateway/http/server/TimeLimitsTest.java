// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.HttpLimits;
import io.lichen.gateway.http.Response;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take their time, and more of them than there may be. */
@Timeout(90)
final class TimeLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Limits.LONG;

  /** For what clients of these tests have to do in time: on a busy machine that takes a while. */
  private static final Duration ENOUGH = Duration.ofSeconds(2);

  private static TestServer server(HttpLimits limits) {
    return new TestServer(limits)
        .on("/hello", request -> Response.text("hello"))
        .on("/ws", request -> Response.webSocket((peer, message) -> {}));
  }

  @Test
  void shouldEndARequestWhoseHeaderDoesNotCome() throws Exception {
    try (TestServer server = server(Limits.times(ENOUGH, LONG, LONG, LONG, LONG));
        RawClient client = server.raw()) {
      assertEquals("hello", client.get("/hello").text());
      // Every byte is in time, but not the header's end.
      client.send("GET /hello HTTP/1.1\r\n");
      Thread drip = Thread.ofVirtual().start(() -> drip(client, "X-Y: z\r\n"));
      RawClient.Reply reply = client.read();
      assertEquals(408, reply.status());
      assertEquals("close", reply.header("Connection"));
      drip.join();
    }
  }

  private static void drip(RawClient client, String drop) {
    try {
      for (int i = 0; i < 1_000; i++) {
        client.send(drop);
        LockSupport.parkNanos(20_000_000L);
      }
    } catch (IOException e) {
      // That is what the test waits for.
    }
  }

  @Test
  void shouldEndARequestWhoseBodyDoesNotCome() throws Exception {
    try (TestServer server = server(Limits.times(LONG, SHORT, LONG, LONG, LONG));
        RawClient client = server.raw()) {
      client.send("POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
      assertEquals(408, client.read().status());
      assertEquals(0, client.rest().length);
    }
  }

  @Test
  void shouldEndARequestWhoseBodyComesInDrops() throws Exception {
    String head = "POST /hello HTTP/1.1\r\nHost: a\r\n";
    try (TestServer server = server(Limits.times(LONG, SHORT, LONG, LONG, LONG))) {
      assertEndsInDrops(server, head + "Content-Length: 100000\r\n\r\n", "a");
      assertEndsInDrops(server, head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n");
    }
  }

  private static void assertEndsInDrops(TestServer server, String head, String drop)
      throws Exception {
    try (RawClient client = server.raw()) {
      client.send(head);
      Thread drip = Thread.ofVirtual().start(() -> drip(client, drop));
      assertEquals(408, client.read().status());
      drip.join();
    }
  }

  @Test
  void shouldCloseConnectionsThatAskNothing() throws Exception {
    try (TestServer server = server(Limits.times(LONG, LONG, SHORT, LONG, LONG));
        RawClient client = server.raw()) {
      assertEquals("hello", client.get("/hello").text());
      assertEquals(0, client.rest().length);
    }
    try (TestServer server = server(Limits.times(SHORT, LONG, LONG, LONG, LONG));
        RawClient client = server.raw()) {
      assertEquals(0, client.rest().length);
    }
  }

  @Test
  void shouldCloseAClientThatTakesNoResponse() throws Exception {
    byte[] much = new byte[64 * 1024 * 1024];
    try (TestServer server = server(Limits.times(LONG, LONG, LONG, LONG, SHORT));
        RawClient client = server.raw()) {
      server.on("/much", request -> Response.bytes(much));
      assertEquals(200, client.send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n").readHead().status());
      Await.until(() -> server.gauge("lichen.http.connections") == 0);
    }
  }

  @Test
  void shouldPingWebSocketsAndCloseTheSilentOnes() throws Exception {
    Duration ping = Duration.ofMillis(150);
    try (TestServer server = server(Limits.times(LONG, LONG, LONG, ping, ENOUGH));
        RawWebSocket socket = new RawWebSocket(server, "/ws")) {
      // Each pong keeps it alive beyond the time in which it may be silent.
      for (int i = 0; i < 15; i++) {
        assertEquals(RawWebSocket.PING, socket.read().opcode());
        socket.frame(0x80 | RawWebSocket.PONG);
      }
      assertEquals(1001, socket.readData().closeCode());
    }
  }

  @Test
  void shouldCloseConnectionsThatAreTooMany() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    int tried = System.getProperty("lichen.suite", "sample").equals("full") ? 10_000 : 2_000;
    try (TestServer server = server(Limits.connections(1_000))) {
      RawClient first = server.raw();
      assertEquals("hello", first.get("/hello").text());
      for (int i = 0; i < tried; i++) {
        sockets.add(new Socket(server.address().getAddress(), server.address().getPort()));
      }
      int refused = tried - 999;
      Await.until(() -> server.count("lichen.http.connections.refused") == refused);
      assertEquals(1_000, server.gauge("lichen.http.connections"));
      assertEquals("hello", first.get("/hello").text());
      assertEquals(-1, sockets.getLast().getInputStream().read());
      first.close();
      Await.until(() -> server.gauge("lichen.http.connections") == 999);
      try (RawClient next = server.raw()) {
        assertEquals("hello", next.get("/hello").text());
      }
      assertTrue(sockets.size() > 1_000);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
