// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import io.lichen.gateway.http.WebSocketHandler;
import io.lichen.gateway.http.WebSocketMessage;
import io.lichen.gateway.http.WebSocketPeer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The example of docs/http-server.md. */
class FiveMinutesTest {
  /** As in the example. */
  record Note(String text) {}

  private final List<Note> notes = new CopyOnWriteArrayList<>();

  private Router router() {
    return new Router()
        .get("/hello/:name", request -> Response.text("Hello, " + request.param("name") + "!"))
        .get("/notes", request -> Response.json(notes))
        .post(
            "/notes",
            request -> {
              notes.add(request.bodyJson(Note.class));
              return Response.of(201);
            })
        .get(
            "/clock",
            request -> Response.events(sink -> sink.send(null, "tick", Instant.now().toString())))
        .webSocket("/rooms/:room", new Room());
  }

  /** As in the example. */
  private static final class Room implements WebSocketHandler {
    @Override
    public void onOpen(WebSocketPeer peer) {
      peer.subscribe(peer.request().param("room"));
    }

    @Override
    public void onMessage(WebSocketPeer peer, WebSocketMessage message) {
      if (message instanceof WebSocketMessage.Text(String text)) {
        peer.publish(peer.request().param("room"), text);
      }
    }
  }

  @Test
  void shouldDoWhatThePageSays() throws IOException {
    try (RoutedServer server = new RoutedServer(router())) {
      assertEquals("Hello, you!", server.get("/hello/you").text());
      assertEquals(201, server.ask("POST", "/notes", "{\"text\":\"a\"}").status());
      assertEquals(400, server.ask("POST", "/notes", "{\"text\":").status());
      assertEquals("[{\"text\":\"a\"}]", server.get("/notes").text());
      assertTrue(server.get("/clock").text().contains("event: tick\n"));
      assertEquals(426, server.get("/rooms/a").status());
    }
  }
}
