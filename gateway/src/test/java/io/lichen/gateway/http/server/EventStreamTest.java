// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.EventSink;
import io.lichen.gateway.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Server-sent events on the wire. */
final class EventStreamTest {
  @Test
  void shouldSendEventsAndEnd() throws Exception {
    try (TestServer server =
            new TestServer().on("/events", request -> Response.events(EventStreamTest::three));
        RawClient client = server.raw()) {
      RawClient.Reply reply = client.get("/events");
      assertEquals("text/event-stream; charset=utf-8", reply.header("Content-Type"));
      assertEquals(
          "data: a\n\nid: 1\nevent: e\ndata: b\ndata: c\ndata: \n\nid: 2\ndata: \n\n",
          reply.text());
      assertEquals(0, client.rest().length);
    }
  }

  private static void three(EventSink sink) throws InterruptedException {
    sink.send(null, null, "a");
    sink.send("1", "e\n", "b\r\nc\r");
    sink.send("2\n", null, "");
  }

  @Test
  void shouldEndWithTheConnectionForOldClients() throws Exception {
    try (TestServer server =
            new TestServer().on("/events", request -> Response.events(EventStreamTest::three));
        RawClient client = server.raw()) {
      client.send("GET /events HTTP/1.0\r\n\r\n");
      assertEquals(200, client.readHead().status());
      assertTrue(new String(client.rest(), StandardCharsets.UTF_8).startsWith("data: a\n\n"));
    }
  }

  @Test
  void shouldInterruptTheSourceOfAClientThatHasGone() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (TestServer server = new TestServer()) {
      server.on(
          "/events", request -> Response.events(sink -> untilInterrupted(entered, interrupted)));
      try (RawClient client = server.raw()) {
        assertEquals(
            200, client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").readHead().status());
        assertEquals(1, server.gauge("lichen.sse.connections"));
        // A source whose client has gone already is never asked.
        assertTrue(entered.await(20, TimeUnit.SECONDS));
      }
      assertTrue(interrupted.await(20, TimeUnit.SECONDS));
    }
  }

  private static void untilInterrupted(CountDownLatch entered, CountDownLatch interrupted)
      throws InterruptedException {
    entered.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }
}
